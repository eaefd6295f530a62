import type { Json } from './incoming.js';

/** What goes back: either a JSON value, or text, or bytes. */
export interface Answer {
  status: number;
  json?: Json | Json[];
  text?: string;
  bytes?: Buffer;
  contentType?: string;
  headers?: Record<string, string>;
}

/** The shape Xero's gateway gives 401 and 403 in. */
export function problem(status: number, title: string, detail: string, instance: string): Answer {
  return { status, json: { Type: null, Title: title, Status: status, Detail: detail, Instance: instance, Extensions: {} } };
}

export function exception(number: number, type: string, message: string): Answer {
  return { status: 400, json: { ErrorNumber: number, Type: type, Message: message } };
}
