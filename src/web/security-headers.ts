import type { RequestHandler } from 'express';
import helmet from 'helmet';

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
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
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
