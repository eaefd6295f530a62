/** jose, and what else ships as ES modules only, is compiled for jest's CommonJS runtime. */
const esmOnly = ['jose'];

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/browser/'],
  // Sources import './x.js' as Node wants it; the file on disk is x.ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.[mc]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // For a busy machine: no test is told apart by time.
  testTimeout: 240_000,
  // Stories wait on sockets more than they compute: two at a time even on two cores.
  maxWorkers: 2,
};
