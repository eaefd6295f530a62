import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const configText = read('src/config.ts');

const Service = z.looseObject({
  environment: z.record(z.string(), z.string()).default({}),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  command: z.array(z.string()).optional(),
});
const compose = z.object({ services: z.record(z.string(), Service), networks: z.record(z.string(), z.unknown()), volumes: z.record(z.string(), z.unknown()) })
  .loose().parse(parse(read('compose.yaml'), { merge: true }));

const isRead = (name: string) => new RegExp(`\\b${name.replace(/_(US|CA|EU|AU)_/, '_\\$\\{region\\}_')}\\b`).test(configText);

describe('Dockerfile', () => {
  const lines = read('Dockerfile').replace(/\\\n/g, ' ').split('\n');
  const copies = lines.filter((line) => /^COPY (?!--from)/.test(line)).map((line) => line.split(/\s+/).slice(1, -1));

  test('copies only what is there and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(copies.flat().length).toBeGreaterThan(5);
    for (const path of copies.flat()) {
      expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
      expect(allowed).toContain(path);
    }
  });

  test('ends as an unprivileged user, with a health check, running the built program', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last).toContain('USER node');
    expect(last.some((line) => line.startsWith('HEALTHCHECK') && line.includes('/healthz'))).toBe(true);
    expect(last).toContain('CMD ["node", "dist/main.js", "serve"]');
    expect(lines.filter((line) => line.includes('npm ci')).every((line) => line.includes('--ignore-scripts'))).toBe(true);
  });

  test('sets only what the configuration reads', () => {
    const names = lines.filter((line) => line.startsWith('ENV ')).flatMap((line) => [...line.matchAll(/([A-Z_]+)=/g)].map((match) => match[1] ?? ''));
    expect(names.filter((name) => !isRead(name))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  test('runs web, worker and MongoDB, each without rights it does not need', () => {
    expect(Object.keys(compose.services)).toEqual(['web', 'worker', 'mongo']);
    for (const service of Object.values(compose.services)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.networks.every((network) => network in compose.networks)).toBe(true);
    }
    expect(compose.services.worker?.command).toEqual(['node', 'dist/main.js', 'worker']);
  });

  test('opens no port to the world, and none of the database at all', () => {
    expect(compose.services.mongo).toMatchObject({ ports: [], networks: ['inside'] });
    expect(compose.services.web?.ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
  });

  test('sets only what the configuration reads', () => {
    const names = ['web', 'worker'].flatMap((name) => Object.keys(compose.services[name]?.environment ?? {}));
    expect(names).toContain('STORE_URL');
    expect(names.filter((name) => !isRead(name))).toEqual([]);
  });
});

test('.env.example names what the configuration reads, and nothing else', () => {
  const names = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1] ?? '').filter((name) => name !== 'MONGO_PASSWORD');
  expect(names.filter((name) => !isRead(name))).toEqual([]);
  for (const name of ['APP_URL', 'SECRET_KEYS', 'XERO_CLIENT_ID', 'XERO_CLIENT_SECRET', 'XERO_WEBHOOK_KEY', 'CLIO_EU_CLIENT_SECRET']) expect(names).toContain(name);
});
