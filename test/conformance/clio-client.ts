import axios, { type AxiosInstance } from 'axios';
import type { ClioSandbox } from '../../src/sandbox/clio/start.js';
import { allFields } from './check-fields.js';
import { descriptions } from './described.js';
import { listAt, textAt } from './json.js';
import type { Operation } from './openapi.js';

const APP = { clientId: 'conformance', clientSecret: 'conformance-secret', name: 'Conformance', redirectUris: ['http://127.0.0.1:9/callback'] };

/** A client that knows nothing of our own code: it asks as the file says, and keeps whatever status comes. */
export interface PlainClio {
  http: AxiosInstance;
  /** Text of the first access token. */
  token: string;
  operation(method: string, path: string): Operation;
  /** Everything the file knows of the record behind this path. */
  all(path: string): string;
  ids(path: string, query?: string): Promise<number[]>;
}

export async function connectPlainly(clio: ClioSandbox): Promise<PlainClio> {
  clio.control.registerApp(APP);
  const [redirectUri = ''] = APP.redirectUris;
  const code = clio.control.authorize(APP.clientId, clio.control.users()[0]?.id ?? 0, redirectUri);
  const grant = new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  const answer = await axios.post<unknown>(`${clio.url}/oauth/token`, grant, { proxy: false });
  const token = textAt(answer.data, 'access_token');
  const http = axios.create({ baseURL: `${clio.url}/api/v4`, headers: { authorization: `Bearer ${token}` }, validateStatus: () => true, proxy: false, timeout: 10_000 });

  const operation = (method: string, path: string): Operation => {
    const found = descriptions().find('clio', method, `/api/v4${path}`);
    if ('unknown' in found) throw new Error(`${method} ${path}: ${found.unknown} is not in the file`);
    return found;
  };
  return {
    http, token, operation,
    all: (path) => allFields(operation('GET', path)),
    async ids(path, query = '') {
      const { data } = await http.get<unknown>(`${path}?fields=id${query}`);
      return listAt(data, 'data').map((row) => (typeof row === 'object' && row !== null && 'id' in row ? Number(row.id) : 0));
    },
  };
}
