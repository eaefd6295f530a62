import express, { type Express } from 'express';
import type { ClioControl } from '../control.js';
import type { Firm } from '../firm.js';
import type { Grants } from '../grants.js';
import type { Nonces } from '../nonces.js';
import { appScreens } from './apps.js';
import { billScreens } from './bill.js';
import { consentScreens } from './consent.js';
import { listScreens } from './lists.js';
import { recordScreens } from './records.js';
import { sandboxScreens } from './sandbox.js';
import { Sessions } from './session.js';
import { taskScreens } from './tasks.js';

export interface ScreenParts {
  firm: Firm;
  grants: Grants;
  nonces: Nonces;
  control: ClioControl;
  sessions: Sessions;
}

/** The pages a person at the firm sees. Plain forms; nothing needs a script but the redirect from `#` addresses. */
export function screens(parts: Omit<ScreenParts, 'sessions'>): Express {
  const app = express();
  const all: ScreenParts = { ...parts, sessions: new Sessions(parts.firm) };
  app.disable('x-powered-by');
  app.use(express.urlencoded({ extended: false }));
  consentScreens(app, all);
  listScreens(app, all);
  billScreens(app, all);
  recordScreens(app, all);
  taskScreens(app, all);
  appScreens(app, all);
  sandboxScreens(app, all);
  return app;
}
