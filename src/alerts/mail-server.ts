import { createTransport } from 'nodemailer';
import { z } from 'zod';

/** Where mail goes out. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, which is insisted on except on this machine. */
  secure: boolean;
  onThisMachine: boolean;
  auth: { user: string; pass: string } | null;
  from: { name: string; address: string };
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
  /** The letter it belongs to. */
  inReplyTo: string | null;
}

/** `refused`: the server will never take this mail. `later`: not now, for this address. `unavailable`: it takes no mail at all for now. */
export class MailError extends Error {
  constructor(readonly kind: 'refused' | 'later' | 'unavailable', message: string) {
    super(message);
    this.name = 'MailError';
  }
}

/** Hands one mail to the server; resolves once it has taken it. Throws `MailError`. */
export type SendMail = (mail: Mail, signal: AbortSignal) => Promise<void>;

const TIMES_OUT = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

export function mailServer({ host, port, secure, onThisMachine, auth, from }: MailServer): SendMail {
  const transport = createTransport({ host, port, secure, requireTLS: !secure && !onThisMachine, ignoreTLS: onThisMachine && !secure, ...(auth ? { auth } : {}), ...TIMES_OUT, disableFileAccess: true, disableUrlAccess: true });
  return async ({ to, subject, text, messageId, inReplyTo }, signal) => {
    const thread = inReplyTo === null ? {} : { inReplyTo, references: inReplyTo };
    try {
      // Auto-Submitted (RFC 3834) keeps holiday notes from answering.
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId, ...thread, headers: { 'Auto-Submitted': 'auto-generated' }, signal });
    } catch (error) {
      throw asMailError(error);
    }
  };
}

const Failure = z.object({ code: z.string().optional(), responseCode: z.number().optional(), command: z.string().optional() });

/** Only a refusal of this recipient or this text is for good: one of the sign-in, or of the sender, is a setting that somebody will mend (RFC 5321 4.2.1: 5yz permanent, 4yz transient). */
function asMailError(error: unknown): MailError {
  const { code, responseCode, command } = Failure.catch({}).parse(error);
  if (command === 'API') return new MailError('refused', 'the address cannot be written to');
  const ofThisMail = responseCode !== undefined && (command === 'RCPT TO' || command === 'DATA');
  return new MailError(!ofThisMail ? 'unavailable' : responseCode >= 500 ? 'refused' : 'later', [code, command, responseCode].filter((each) => each !== undefined).join(' ') || 'no answer');
}
