import { mailServer, type MailServer } from '../../src/alerts/mail-server.js';
import { Mailbox } from './mailbox.js';

const open: Mailbox[] = [];
const mailbox = async (...options: ConstructorParameters<typeof Mailbox>) => {
  const box = await new Mailbox(...options).open();
  open.push(box);
  return box;
};
afterEach(async () => {
  for (const box of open.splice(0)) await box.close();
});

const FROM = { name: 'Tieout', address: 'tieout@tieout.example' };
const to = (box: Mailbox, changes: Partial<MailServer> = {}) => mailServer({ ...box.address, secure: false, onThisMachine: true, auth: null, from: FROM, ...changes });
const MAIL = { to: 'dana@harwood.example', subject: 'Xero was disconnected · Harwood & Lisle', text: 'First: connect it.\n', messageId: '<a1@tieout.example>', inReplyTo: null };
const still = new AbortController().signal;

test('a mail arrives as it was written, and says that no person wrote it', async () => {
  const box = await mailbox();
  await to(box)({ ...MAIL, inReplyTo: '<a0@tieout.example>' }, still);
  const [letter, ...more] = box.received;
  expect([more, letter?.to, letter?.text]).toEqual([[], ['dana@harwood.example'], 'First: connect it.\n']);
  expect(letter?.headers).toMatchObject({ from: 'Tieout <tieout@tieout.example>', to: 'dana@harwood.example', subject: MAIL.subject, 'message-id': '<a1@tieout.example>', 'in-reply-to': '<a0@tieout.example>', references: '<a0@tieout.example>', 'auto-submitted': 'auto-generated' });
});

test('a server on another machine is given nothing without encryption, nor with a certificate nobody vouches for', async () => {
  const plain = await mailbox();
  await expect(to(plain, { onThisMachine: false, auth: { user: 'u', pass: 'p' } })(MAIL, still)).rejects.toMatchObject({ kind: 'unavailable' });
  // smtp-server signs its own certificate unless it is given one.
  const unknown = await mailbox({ disabledCommands: [] });
  await expect(to(unknown, { onThisMachine: false })(MAIL, still)).rejects.toMatchObject({ kind: 'unavailable' });
  expect([plain.calls, unknown.calls, plain.received, unknown.received]).toEqual([1, 1, [], []]);
});

test.each([
  ['that there is no such person', 550, 'refused'],
  ['that the box is full for now', 452, 'later'],
] as const)('a server that says %s is told apart from one that takes nothing', async (_what, responseCode, kind) => {
  const box = await mailbox({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })) });
  await expect(to(box)(MAIL, still)).rejects.toMatchObject({ kind });
  expect(box.received).toEqual([]);
});

test('what a person will mend loses no mail: a wrong password, a refused sender, a server that is off', async () => {
  const locked = await mailbox({ authOptional: false, allowInsecureAuth: true, disabledCommands: ['STARTTLS'], onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })) });
  await expect(to(locked, { auth: { user: 'u', pass: 'wrong' } })(MAIL, still)).rejects.toMatchObject({ kind: 'unavailable' });
  const picky = await mailbox({ onMailFrom: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode: 550 })) });
  await expect(to(picky)(MAIL, still)).rejects.toMatchObject({ kind: 'unavailable' });
  const off = await mailbox();
  await off.close();
  await expect(to(off)(MAIL, still)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('an address is one address, whatever stands in it', async () => {
  const box = await mailbox();
  await to(box)({ ...MAIL, to: 'dana@harwood.example, eve@evil.example' }, still).catch(() => undefined);
  await to(box)({ ...MAIL, to: 'dana@harwood.example>\r\nRCPT TO:<eve@evil.example' }, still).catch(() => undefined);
  expect(box.received.flatMap(({ to: people }) => people).filter((each) => each.startsWith('eve'))).toEqual([]);
});

test('what is said about a failure names no password and no text of the letter', async () => {
  const locked = await mailbox({ authOptional: false, allowInsecureAuth: true, disabledCommands: ['STARTTLS'], onAuth: (_auth, _session, done) => done(Object.assign(new Error('user canary-user is locked'), { responseCode: 535 })) });
  const failure: unknown = await to(locked, { auth: { user: 'canary-user', pass: 'canary-pass' } })(MAIL, still).catch((error: unknown) => error);
  expect(String(failure)).not.toMatch(/canary|First|dana/);
});
