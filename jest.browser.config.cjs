const base = require('./jest.config.cjs');

module.exports = { ...base, testMatch: ['**/test/browser/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/'], testTimeout: 300_000 };
