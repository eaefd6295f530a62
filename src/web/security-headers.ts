import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const nonces = new WeakMap<ServerResponse, string>();

/** What this one answer's own script and style sheet carry; nothing that got into a page otherwise can know it. */
function nonceOf(response: ServerResponse): string {
  const nonce = nonces.get(response) ?? randomBytes(16).toString('base64');
  nonces.set(response, nonce);
  return nonce;
}

/** Hands the nonce to the views, as `nonce`. */
export const scriptNonce: RequestHandler = (_request, response, next) => {
  response.locals['nonce'] = nonceOf(response);
  next();
};

/**
 * Everything comes from our own origin and no site may frame us: Clio opens the app and its custom actions as top-level tabs
 * (inferred from the absence of any embedding, clio-api 3). `same-origin` keeps addresses from other sites but leaves the Origin of our own forms.
 */
export function securityHeaders(options: { https: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [(_request, response) => `'nonce-${nonceOf(response)}'`],
        styleSrc: [(_request, response) => `'nonce-${nonceOf(response)}'`],
        objectSrc: ["'none'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}

/** Pages show a firm's own figures: no cache on the way may keep them. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};
