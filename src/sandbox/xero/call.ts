import type { Organisation } from './books/organisation.js';
import type { App, User } from './identity/people.js';
import type { Answer } from './answer.js';
import type { World } from './world.js';

/** One accepted call of the Accounting API. */
export interface Call {
  world: World;
  organisation: Organisation;
  app: App;
  user: User;
  now: number;
  params: string[];
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Buffer;
}

/** `path` is relative to /api.xro/2.0; `*` stands for one segment. `scope` is the writable scope's name. */
export interface Route {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  scope: string;
  handle: (call: Call) => Answer;
}

export function matchRoute(routes: Route[], method: string, path: string): { route: Route; params: string[] } | undefined {
  const segments = path.split('/').filter((each) => each !== '');
  for (const route of routes) {
    const pattern = route.path.split('/').filter((each) => each !== '');
    if (route.method !== method || pattern.length !== segments.length) continue;
    if (pattern.every((part, index) => part === '*' || part.toLowerCase() === segments[index]?.toLowerCase())) {
      return { route, params: segments.filter((_, index) => pattern[index] === '*') };
    }
  }
  return undefined;
}
