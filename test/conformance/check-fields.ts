import { isObject, objectAt, type JsonObject } from './json.js';
import type { Operation } from './openapi.js';

/** Names in Clio's `fields` parameter that the file does not know, or that are nested deeper than Clio answers. */
export function unknownFields(operation: Operation, fields: string): string[] {
  return unknownIn(fields, recordOf(operation, objectAt(operation.answerSchema, 'properties', 'data')), operation, 0);
}

/** Everything the file knows of an answer's records, as a `fields` parameter: `id,name,client{id,name}`. */
export function allFields(operation: Operation): string {
  const record = recordOf(operation, objectAt(operation.answerSchema, 'properties', 'data'));
  return Object.entries(objectAt(record, 'properties')).flatMap(([name, property]) => {
    const nested = recordOf(operation, isObject(property) ? property : {});
    if (!isObject(nested.properties)) return [name];
    const inner = Object.entries(nested.properties).filter(([, each]) => !isObject(recordOf(operation, isObject(each) ? each : {}).properties));
    return inner.length > 0 ? [`${name}{${inner.map(([each]) => each).join(',')}}`] : [];
  }).join(',');
}

const recordOf = (operation: Operation, schema: JsonObject): JsonObject => operation.resolve(itemsOf(operation.resolve(schema)));

function unknownIn(fields: string, record: JsonObject, operation: Operation, depth: number): string[] {
  const properties = objectAt(record, 'properties');
  return [...fields.matchAll(/([^,{}]+)(?:\{((?:[^{}]|\{[^{}]*\})*)\})?/g)].flatMap(([, name = '', nested]) => {
    const property = properties[name];
    if (!isObject(property) || (nested !== undefined && depth > 0)) return [name];
    return nested === undefined ? [] : unknownIn(nested, recordOf(operation, property), operation, depth + 1).map((inner) => `${name}{${inner}}`);
  });
}

const itemsOf = (schema: JsonObject): JsonObject => (isObject(schema.items) ? schema.items : schema);
