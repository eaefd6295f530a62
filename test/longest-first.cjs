const { default: Sequencer } = require('@jest/test-sequencer');

const LONG = ['test/simulation/', 'test/stories/'];

/** Where nobody knows yet how long each file takes, jest begins with the biggest; but the longest are small, and one begun last keeps everybody waiting. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONG.some((folder) => path.includes(folder));
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
