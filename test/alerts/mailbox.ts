import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  to: string[];
  /** Whether the line was encrypted. */
  secure: boolean;
  headers: Record<string, string>;
  text: string;
}

/** A mail server on this machine that keeps what it takes. */
export class Mailbox {
  readonly received: Received[] = [];
  private readonly waiting: (() => void)[] = [];
  private server: SMTPServer | null = null;
  private port = 0;
  private connections = 0;
  /** While set, a message is taken in and never answered. */
  silent = false;

  constructor(private readonly options: SMTPServerOptions = {}) {}

  async open(): Promise<this> {
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'], logger: false,
      onConnect: (_session, done) => { this.connections += 1; done(); },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          this.received.push({ to: session.envelope.rcptTo.map((each) => each.address), secure: session.secure, ...parsed(Buffer.concat(parts).toString('utf8')) });
          if (!this.silent) done();
          for (const wake of this.waiting.splice(0)) wake();
        });
      },
      ...this.options,
    });
    // A client that hangs up in the middle is no error of the server's.
    server.on('error', () => undefined);
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    const address: AddressInfo | string | null = server.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.port = address.port;
    this.server = server;
    return this;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }

  /** How often somebody has come to the door. */
  get calls(): number {
    return this.connections;
  }

  /** All that has come, once there are so many. */
  async holding(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.received;
  }
}

function parsed(raw: string): { headers: Record<string, string>; text: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodedWords(line.slice(line.indexOf(':') + 1).trim())]));
  return { headers, text: decoded(raw.slice(end + 4), headers['content-transfer-encoding'] ?? '7bit').replace(/\r\n/g, '\n') };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body;
}

const quoted = (text: string) => Buffer.from(text.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), /=[89A-F]/.test(text) ? 'latin1' : 'utf8').toString('utf8');

const decodedWords = (text: string) =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_whole, kind: string, word: string) => (kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replace(/_/g, ' '))));
