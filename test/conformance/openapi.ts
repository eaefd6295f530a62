import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseYaml } from 'yaml';
import { closedSchemas } from './closed-schemas.js';
import { at, isObject, listAt, objectAt, textAt, type JsonObject } from './json.js';

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: JsonObject;
}

export interface Operation {
  vendor: 'clio' | 'xero';
  /** As the vendor writes it: `GET /bills/{id}.json`. */
  name: string;
  parameters: Parameter[];
  pathValues: Map<string, string>;
  /** Null when the operation takes no JSON body. */
  request: ValidateFunction | null;
  statuses: string[];
  /** Null when the answer of this status has no JSON body. */
  response(status: number): ValidateFunction | null;
  /** Keys a record of the answer may have; for the `fields` parameter. */
  answerSchema: JsonObject;
  resolve(schema: JsonObject): JsonObject;
}

/** The vendors' published descriptions, loaded once per process. */
export interface Descriptions {
  find(vendor: 'clio' | 'xero', method: string, path: string): Operation | { unknown: string };
  /** Checks a value against a parameter's schema after turning its text into the type that is asked for. */
  fits(schema: JsonObject, text: string): boolean;
  webhook(name: 'WebhookEvent' | 'CreditNoteWebhookEvent'): ValidateFunction;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const cache = new Map<string, Descriptions>();

export function loadDescriptions(folder: string): Descriptions {
  const known = cache.get(folder) ?? load(folder);
  cache.set(folder, known);
  return known;
}

function load(folder: string): Descriptions {
  const read = (file: string) => objectAt({ file: parsed(file, readFileSync(join(folder, file), 'utf8')) }, 'file');
  const files = [
    { vendor: 'clio' as const, id: 'clio', document: read('clio-v4.json'), base: '/api/v4', anyCase: false },
    { vendor: 'xero' as const, id: 'accounting', document: read('xero-accounting.yaml'), base: '/api.xro/2.0', anyCase: false },
    // The file spells /Connections, the live service and Xero's own guides /connections.
    { vendor: 'xero' as const, id: 'identity', document: read('xero-identity.yaml'), base: '', anyCase: true },
  ];
  const bodies = { request: ajvFor('request'), response: ajvFor('response') };
  const texts = new Ajv({ strict: false, coerceTypes: true, validateFormats: true });
  addFormats(texts);

  const routes = files.flatMap(({ vendor, id, document, base, anyCase }) => {
    const answers = closedSchemas(document, 'response');
    bodies.request.addSchema(closedSchemas(document, 'request'), id);
    bodies.response.addSchema(answers, id);
    return Object.keys(objectAt(document, 'paths')).map((template) => ({ vendor, id, document, answers, template, ...pathPattern(base + template, anyCase) }));
  });
  bodies.response.addSchema(read('xero-webhooks.yaml'), 'webhooks');

  const fits = (schema: JsonObject, text: string) => texts.validate(schema, text);

  function operation(route: (typeof routes)[number], method: string, path: string): Operation {
    const { document, answers, template } = route;
    const described = objectAt(document, 'paths', template, method);
    const resolve = (schema: JsonObject): JsonObject => {
      const reference = textAt(schema, '$ref');
      return reference ? resolve(objectAt(answers, ...reference.slice(2).split('/'))) : schema;
    };
    const resolveRaw = (node: unknown): JsonObject => {
      const reference = textAt(node, '$ref');
      return reference ? resolveRaw(at(document, ...reference.slice(2).split('/'))) : isObject(node) ? node : {};
    };
    const compiled = (ajv: Ajv, node: JsonObject, pointer: string[]): ValidateFunction | null => {
      const reference = textAt(node, '$ref');
      const place = reference ? reference.slice(2).split('/') : pointer;
      const content = objectAt(resolveRaw(node), 'content');
      const type = Object.keys(content).find((each) => each.startsWith('application/json'));
      if (!type) return null;
      const address = [...place, 'content', type, 'schema'].map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
      return ajv.compile({ $ref: `${route.id}#/${address.join('/')}` });
    };
    const answerContent = Object.values(objectAt(resolveRaw(at(described, 'responses', method === 'post' ? '201' : '200')), 'content'))[0];
    return {
      vendor: route.vendor,
      name: `${method.toUpperCase()} ${template}`,
      parameters: [...listAt(document, 'paths', template, 'parameters'), ...listAt(described, 'parameters')].map(resolveRaw).map((each) => ({
        name: textAt(each, 'name'), in: textAt(each, 'in'), required: each.required === true, schema: resolveRaw(each.schema),
      })),
      pathValues: new Map(route.names.map((name, index) => [name, decodeURIComponent(route.pattern.exec(path)?.[index + 1] ?? '')])),
      request: compiled(bodies.request, objectAt(described, 'requestBody'), ['paths', template, method, 'requestBody']),
      statuses: Object.keys(objectAt(described, 'responses')),
      response: (status) => compiled(bodies.response, objectAt(described, 'responses', String(status)), ['paths', template, method, 'responses', String(status)]),
      answerSchema: objectAt({ schema: resolve(objectAt(answerContent, 'schema')) }, 'schema'),
      resolve,
    };
  }

  return {
    fits,
    webhook: (name) => bodies.response.compile({ $ref: `webhooks#/components/schemas/${name}` }),
    find(vendor, method, path) {
      const matching = routes.filter((route) => route.vendor === vendor && route.pattern.test(path));
      if (matching.length === 0) return { unknown: 'path' };
      const verb = method.toLowerCase();
      const candidates = matching.filter((route) => METHODS.includes(verb) && at(route.document, 'paths', route.template, verb) !== undefined);
      const found = candidates.map((route) => operation(route, verb, path)).sort((a, b) => misfits(a) - misfits(b))[0];
      return found ?? { unknown: 'method' };
    },
  };

  /** A literal path wins over one with a parameter, and a parameter that fits over one that does not. */
  function misfits(candidate: Operation): number {
    const values = candidate.parameters.filter((parameter) => parameter.in === 'path');
    return candidate.pathValues.size + 10 * values.filter(({ name, schema }) => !fits(schema, candidate.pathValues.get(name) ?? '')).length;
  }
}

const parsed = (file: string, text: string): unknown => (file.endsWith('.json') ? JSON.parse(text) : parseYaml(text));

function pathPattern(template: string, anyCase: boolean): { pattern: RegExp; names: string[] } {
  const source = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '([^/]+?)');
  return { pattern: new RegExp(`^${source}$`, anyCase ? 'i' : ''), names: [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '') };
}

/** Xero's dates travel as `/Date(ms+0000)/`; a calendar day is midnight UTC. On the way in, `YYYY-MM-DD` is asked for. */
function ajvFor(direction: 'request' | 'response'): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { decimal: true } });
  addFormats(ajv);
  const sent = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
  const dated = (ofDay: boolean) => (flag: boolean, text: string) => {
    if (!flag || (direction === 'request' && /^\d{4}-\d\d-\d\d$/.test(text))) return true;
    const ms = sent.exec(text)?.[1];
    return ms !== undefined && (!ofDay || Number(ms) % 86_400_000 === 0);
  };
  ajv.addKeyword({ keyword: 'x-is-msdate', type: 'string', schemaType: 'boolean', validate: dated(true) });
  ajv.addKeyword({ keyword: 'x-is-msdate-time', type: 'string', schemaType: 'boolean', validate: dated(false) });
  return ajv;
}

