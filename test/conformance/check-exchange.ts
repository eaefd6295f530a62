import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Exchange } from '../../src/sandbox/exchange.js';
import { unknownFields } from './check-fields.js';
import { isObject, parsedJson } from './json.js';
import type { Descriptions, Operation } from './openapi.js';

/** One way in which an exchange departs from the vendor's file. */
export interface Finding {
  vendor: 'clio' | 'xero';
  /** As in the file, or method and path when the file does not know it. */
  operation: string;
  part: 'path' | 'query' | 'header' | 'request' | 'status' | 'response';
  /** Where in the body, array positions as `*`; empty elsewhere. */
  pointer: string;
  /** The parameter, property or status in question. */
  name: string;
  message: string;
}

/** `requests: false` for probes that are wrong on purpose: then only the answer is held against the file. */
export function checkExchange(files: Descriptions, exchange: Exchange, options: { requests: boolean } = { requests: true }): Finding[] {
  const found = files.find(exchange.vendor, exchange.method, exchange.path);
  if ('unknown' in found) {
    const operation = `${exchange.method} ${exchange.path}`;
    return [{ vendor: exchange.vendor, operation, part: 'path', pointer: '', name: found.unknown, message: `${found.unknown} is not in the file` }];
  }
  const finding = (part: Finding['part'], name: string, message: string, pointer = ''): Finding => ({ vendor: exchange.vendor, operation: found.name, part, pointer, name, message });
  return [
    ...(options.requests ? [...pathFindings(files, found, finding), ...queryFindings(files, found, exchange, finding), ...headerFindings(found, exchange, finding), ...requestFindings(found, exchange, finding)] : []),
    ...responseFindings(found, exchange, finding),
  ];
}

type Report = (part: Finding['part'], name: string, message: string, pointer?: string) => Finding;

function pathFindings(files: Descriptions, operation: Operation, finding: Report): Finding[] {
  return operation.parameters.filter((parameter) => parameter.in === 'path').flatMap(({ name, schema }) => {
    const value = operation.pathValues.get(name) ?? '';
    return files.fits(schema, value) ? [] : [finding('path', name, `"${value}" is not what the file asks for`)];
  });
}

function queryFindings(files: Descriptions, operation: Operation, exchange: Exchange, finding: Report): Finding[] {
  const known = new Map(operation.parameters.filter((parameter) => parameter.in === 'query').map((parameter) => [parameter.name, parameter]));
  const sent = [...new URLSearchParams(exchange.query)];
  const missing = [...known.values()].filter((parameter) => parameter.required && !sent.some(([name]) => name === parameter.name));
  return [
    ...missing.map(({ name }) => finding('query', name, 'required and missing')),
    ...sent.flatMap(([name, value]) => {
      const parameter = known.get(name) ?? known.get(name.replace(/\[\d+\]$/, ''));
      if (!parameter) return [finding('query', name, 'not in the file')];
      if (operation.vendor === 'clio' && name === 'fields') return unknownFields(operation, value).map((field) => finding('query', `fields=${field}`, 'no such field in the file'));
      // Clio repeats `ids[]=1&ids[]=2`; Xero takes one comma list (style form, explode false).
      const { items } = parameter.schema;
      const fits = isObject(items) ? (operation.vendor === 'xero' ? value.split(',') : [value]).every((each) => files.fits(items, each)) : files.fits(parameter.schema, value);
      return fits ? [] : [finding('query', name, `"${value}" is not what the file asks for`)];
    }),
  ];
}

function headerFindings(operation: Operation, exchange: Exchange, finding: Report): Finding[] {
  const sent = new Set(Object.keys(exchange.requestHeaders).map((name) => name.toLowerCase()));
  return operation.parameters
    .filter((parameter) => parameter.in === 'header' && parameter.required && !sent.has(parameter.name.toLowerCase()))
    .map(({ name }) => finding('header', name, 'required and missing'));
}

function requestFindings(operation: Operation, exchange: Exchange, finding: Report): Finding[] {
  const { requestBody } = exchange;
  // xero-node sends `{}` with GET and DELETE; Xero reads nothing from it.
  const empty = requestBody === '' || (requestBody === '{}' && ['GET', 'DELETE'].includes(exchange.method.toUpperCase()));
  if (empty) return operation.request ? [finding('request', 'body', 'missing')] : [];
  if (!operation.request) return [finding('request', 'body', 'the file knows no body here')];
  const body = parsedJson(requestBody);
  return body === undefined ? [finding('request', 'body', 'not JSON')] : schemaFindings(operation.request, body, 'request', finding);
}

function responseFindings(operation: Operation, exchange: Exchange, finding: Report): Finding[] {
  const { status, responseBody } = exchange;
  if (!operation.statuses.includes(String(status))) return [finding('status', String(status), `the file knows ${operation.statuses.join(', ')}`)];
  const validate = operation.response(status);
  if (status === 204 || status === 304) return responseBody === '' ? [] : [finding('response', 'body', `${status} has no body`)];
  if (!validate) return [];
  const body = parsedJson(responseBody);
  if (body === undefined) return [finding('response', 'body', 'not JSON')];
  // Clio's file never says nullable, and says nothing is required: absent and null are one and the same there.
  return schemaFindings(validate, exchange.vendor === 'clio' ? withoutNulls(body) : body, 'response', finding);
}

function schemaFindings(validate: ValidateFunction, body: unknown, part: Finding['part'], finding: Report): Finding[] {
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => finding(part, nameOf(error), error.message ?? error.keyword, error.instancePath.replace(/\/\d+(?=\/|$)/g, '/*')));
}

function nameOf(error: ErrorObject): string {
  const parameters: Record<string, unknown> = error.params;
  const property = parameters.additionalProperty ?? parameters.missingProperty;
  return typeof property === 'string' ? property : (error.instancePath.split('/').findLast((part) => !/^\d+$/.test(part)) ?? '');
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null).map(([key, each]) => [key, withoutNulls(each)]));
}
