/** The content was understood and is refused; each message is what Xero would say about this element. */
export class Refusal extends Error {
  constructor(readonly messages: string[]) {
    super(messages.join(' '));
  }
}

/** `where`, `order` or another query value that cannot be read: error number 16. */
export class BadQuery extends Error {}

/** A body that is not what the endpoint takes: error number 17. */
export class BadBody extends Error {}

export class NotFound extends Error {}

export function refuseIf(condition: boolean, message: string): void {
  if (condition) throw new Refusal([message]);
}
