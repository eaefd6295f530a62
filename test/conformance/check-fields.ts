import { isObject, objectAt, type JsonObject } from './json.js';
import type { Operation } from './openapi.js';

/** Names in Clio's `fields` parameter that the file does not know, or that are nested deeper than Clio answers. */
export function unknownFields(operation: Operation, fields: string): string[] {
  const data = operation.resolve(objectAt(operation.answerSchema, 'properties', 'data'));
  return unknownIn(fields, operation.resolve(itemsOf(data)), operation, 0);
}

function unknownIn(fields: string, record: JsonObject, operation: Operation, depth: number): string[] {
  const properties = objectAt(record, 'properties');
  return [...fields.matchAll(/([^,{}]+)(?:\{((?:[^{}]|\{[^{}]*\})*)\})?/g)].flatMap(([, name = '', nested]) => {
    const property = properties[name];
    if (!isObject(property) || (nested !== undefined && depth > 0)) return [name];
    return nested === undefined ? [] : unknownIn(nested, operation.resolve(itemsOf(operation.resolve(property))), operation, depth + 1).map((inner) => `${name}{${inner}}`);
  });
}

const itemsOf = (schema: JsonObject): JsonObject => (isObject(schema.items) ? schema.items : schema);
