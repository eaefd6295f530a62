import { printManifest } from './for-portals.js';

process.exitCode = printManifest(process.argv.slice(2), (line) => {
  console.log(line);
});
