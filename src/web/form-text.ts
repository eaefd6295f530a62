import { z } from 'zod';

const Form = z.record(z.string(), z.unknown());

/** One text of a posted form; undefined when it is missing, or was sent more than once. */
export function formText(body: unknown, name: string): string | undefined {
  const form = Form.safeParse(body);
  const value = form.success ? form.data[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
