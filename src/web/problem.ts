/** What a person sees instead of a page: what happened, and what to do about it. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly action: { label: string; href: string } | null;

  constructor(facts: { status: number; title: string; text: string; action?: { label: string; href: string } }) {
    super(facts.title);
    this.name = 'Problem';
    this.status = facts.status;
    this.title = facts.title;
    this.text = facts.text;
    this.action = facts.action ?? null;
  }
}

/** Also the answer for another firm's records: whether they exist is nobody else's business. */
export const notFound = (): Problem =>
  new Problem({ status: 404, title: 'There is nothing here', text: 'The address is wrong, or the record belongs to another firm. Check the address, or go back to your bills.', action: { label: 'Go to bills', href: '/bills' } });
