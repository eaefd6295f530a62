import { z } from 'zod';

/** Xero writes its reasons under several names, at any depth: on the element, on its lines, on its addresses. */
const message = z.union([z.object({ Message: z.string() }).transform((it) => it.Message), z.object({ Description: z.string() }).transform((it) => it.Description)]);

/** All texts under `ValidationErrors` anywhere inside; each once, in the order found. */
export function validationMessages(value: unknown): string[] {
  return [...new Set(textsUnder('ValidationErrors', value))];
}

/** Texts of the element's own `Warnings`: saved, perhaps altered. */
export function warningMessages(value: unknown): string[] {
  return [...new Set(textsUnder('Warnings', value))];
}

export const hasElements = (body: unknown): boolean => z.object({ Elements: z.array(z.unknown()).min(1) }).safeParse(body).success;

/** The vendor's own words of a failed call, for "Details". Unreadable bodies (HTML, empty) give none. */
export function wordsOf(body: unknown): string[] {
  const detail = problem.safeParse(body);
  const titles = detail.success ? [detail.data.Detail, detail.data.detail, detail.data.Message, detail.data.error].filter((it) => typeof it === 'string') : [];
  const plain = typeof body === 'string' && !body.trimStart().startsWith('<') && body.trim() !== '' ? [body.trim()] : [];
  return [...titles, ...validationMessages(body), ...plain];
}

const problem = z.object({ Detail: z.unknown(), detail: z.unknown(), Message: z.unknown(), error: z.unknown() }).partial();

function textsUnder(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => textsUnder(name, each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => (key === name ? textsIn(inner) : textsUnder(name, inner)));
}

function textsIn(list: unknown): string[] {
  return z.array(z.unknown()).catch([]).parse(list).flatMap((entry) => {
    const parsed = message.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
