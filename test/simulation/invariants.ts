/** Where an invariant is held up: `oracle` at the step that would break it, `end` after everything had time to heal, else a test. */
export type Checked = 'oracle' | 'end' | { file: string; test: string };

/** What must hold always, or once the faults are over, and what watches over it. */
export const INVARIANTS: { number: number; says: string; checked: Checked[] }[] = [
  { number: 1, says: 'A bill has at most one live main invoice of ours; where a request was under way longer than is promised for, a second one is told of.', checked: ['oracle', 'end'] },
  { number: 2, says: 'A payment in Clio is at most one live payment in Xero, also after stalls; where a process was frozen longer than is promised for, a double is reported.', checked: ['oracle', 'end'] },
  { number: 3, says: 'What we make is named by an intent that is stored before the request leaves.', checked: ['oracle'] },
  { number: 4, says: 'No record of either side has two links.', checked: ['oracle'] },
  { number: 5, says: 'Nothing is sent to Xero by a worker whose lease has passed on when it sends.', checked: ['oracle'] },
  { number: 6, says: 'No mark is more done than wanted; versions and epochs only grow.', checked: ['oracle', { file: 'test/store/store-contract.ts', test: 'refuses a worker whose lease has passed on, and lets people write' }] },
  { number: 7, says: 'A key goes with one body, and not later than two minutes after its first use.', checked: ['oracle'] },
  { number: 8, says: 'A webhook is answered after it is durable.', checked: ['oracle', { file: 'test/web/webhooks-clio.test.ts', test: 'marks the bill, is kept once however often it comes, and is answered with nothing' }] },
  { number: 9, says: 'A webhook is answered within five seconds, if only with the request to send it again.', checked: ['oracle', { file: 'test/web/webhook-answer.test.ts', test: 'a notice that is not durable after four seconds is answered with 503, and not sooner' }] },
  { number: 10, says: 'An invoice is one the bill came to, its lines come to its total, a payment is as large as in Clio.', checked: ['oracle', 'end'] },
  { number: 11, says: 'No minute and no day holds more calls than allowed.', checked: ['oracle', { file: 'test/http/budget.test.ts', test: 'no minute holds more calls than allowed, and people keep a reserve' }] },
  { number: 12, says: "No call carries one firm's token for another firm.", checked: ['oracle', { file: 'test/security/two-firms.test.ts', test: 'each call to a vendor carried the token of the one firm it was for' }] },
  { number: 13, says: 'No money is sent back to the side it came from.', checked: ['oracle'] },
  { number: 14, says: "A person's edit in Xero is not overwritten without being asked about.", checked: ['oracle', { file: 'test/core/life-cases.ts', test: "Clio's is restored on request" }] },
  { number: 15, says: 'What people voided or deleted in Xero is not made again unless they say so.', checked: ['oracle'] },
  { number: 16, says: 'The log names no client, no token and no narrative.', checked: ['end', { file: 'test/security/two-firms.test.ts', test: 'through all of this the log named no secret, no token, no person, no client and no narrative' }] },
  { number: 17, says: 'What waits has a reason, and nothing is dropped in silence.', checked: ['end'] },
  { number: 18, says: 'Both ledgers agree bill by bill, or an open question says why not; where nobody contradicted anybody, there is none.', checked: ['end'] },
  { number: 19, says: 'Another full look changes nothing.', checked: ['end'] },
  { number: 20, says: 'What no notice told of is found by the rounds.', checked: ['end'] },
  { number: 21, says: 'No mark stays owed, no intent stays open, no lease outlives its time.', checked: ['end'] },
  { number: 22, says: 'No firm starves beside another.', checked: ['end'] },
  { number: 23, says: 'Writes are not repeated without need.', checked: ['end'] },
  { number: 24, says: 'A connection is refreshed once at a time, and survives a lost answer.', checked: ['oracle', 'end', { file: 'test/connections/fresh-token.test.ts', test: 'two processes never refresh at the same time: the second waits and takes what the first got' }] },
  { number: 25, says: 'The account of what was done tells the final links.', checked: ['end'] },
  { number: 26, says: 'A payment that people doubled by hand is reported.', checked: ['end'] },
];
