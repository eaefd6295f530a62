const { statfsSync } = require('node:fs');
const { availableParallelism } = require('node:os');

/** jose, and what else ships as ES modules only, is compiled for jest's CommonJS runtime. */
const esmOnly = ['jose'];

/**
 * Stores of tests live in memory where there is room for them: they are killed by signals, which memory survives, and waiting for the disk
 * at every commit was a quarter of the stories' time.
 */
const IN_MEMORY = '/dev/shm';
if (process.platform === 'linux' && freeBytes(IN_MEMORY) > 1e9) process.env.TMPDIR = IN_MEMORY;

function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/browser/'],
  // Sources import './x.js' as Node wants it; the file on disk is x.ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[mc]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // Jest looks every global up in a context of its own, which is slow; the simulations' numbers are made with it.
  sandboxInjectedGlobals: ['Math'],
  // For a busy machine: no test is told apart by time.
  testTimeout: 240_000,
  testSequencer: './test/longest-first.cjs',
  // Stories wait on sockets and on processes of their own: one more than there are cores. Each takes half a gigabyte.
  maxWorkers: Math.min(availableParallelism() + 1, 8),
};
