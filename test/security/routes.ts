import type { Express } from 'express';
import { z } from 'zod';

/** What express keeps of each layer; read from the running server, so that a new route cannot be forgotten. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> } | undefined;
  handle: { stack?: Layer[] | undefined };
}

const LayerShape: z.ZodType<Layer> = z.lazy(() =>
  z.object({
    route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
    handle: z.custom<object>((value) => typeof value === 'function' || typeof value === 'object').transform((value) => z.object({ stack: z.array(LayerShape).optional() }).parse({ stack: 'stack' in value ? value.stack : undefined })),
  }),
);

export interface Route {
  method: string;
  path: string;
}

/** Every route of the server, e.g. `{ method: 'POST', path: '/inbox/:id/answer' }`. */
export function routesOf(server: Express): Route[] {
  const found: Route[] = [];
  const walk = (layers: Layer[]) => {
    for (const layer of layers) {
      if (layer.route) for (const method of Object.keys(layer.route.methods)) found.push({ method: method === '_all' ? 'ALL' : method.toUpperCase(), path: layer.route.path });
      else walk(layer.handle.stack ?? []);
    }
  };
  walk(z.array(LayerShape).parse(server.router.stack));
  return found;
}

/** Routes a person's form posts to; the webhooks and Clio's removal note have their own proofs. */
export const formsOf = (server: Express): string[] => routesOf(server).filter(({ method, path }) => method === 'POST' && !path.startsWith('/webhooks/')).map(({ path }) => path);

/** The address of a route with an example in each place. */
export const example = (path: string, values: Record<string, string>): string => path.replace(/:(\w+)/g, (_whole, name: string) => values[name] ?? 'unknown');
