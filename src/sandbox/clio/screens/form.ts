import type { Request } from 'express';

/** A field of a submitted form; empty when absent. */
export function field(request: Request, name: string): string {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}

/** A query parameter; empty when absent or repeated. */
export function param(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}

export function idOf(request: Request): number {
  return Number(request.params['id']);
}
