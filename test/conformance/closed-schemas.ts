import { at, isObject, listAt, objectAt, textAt, type JsonObject } from './json.js';

/**
 * The vendors' files say what may occur but not that nothing else may. For conformance an unknown key is a fault, so every object
 * with `properties` is closed here. `allOf` is melted into one object first, because closing its parts would refuse each other's keys.
 * For requests, properties marked readOnly are taken out, so that sending one is a fault too.
 */
export function closedSchemas(document: JsonObject, direction: 'request' | 'response'): JsonObject {
  const resolved = (schema: unknown): JsonObject => {
    const reference = textAt(schema, '$ref');
    return reference ? resolved(at(document, ...reference.slice(2).split('/'))) : melted(isObject(schema) ? schema : {});
  };
  const melted = (schema: JsonObject): JsonObject => {
    if (!Array.isArray(schema.allOf)) return schema;
    const parts = listAt(schema, 'allOf').map(resolved);
    const required = parts.flatMap((part) => listAt(part, 'required'));
    return { type: 'object', properties: Object.assign({}, ...parts.map((part) => objectAt(part, 'properties'))), ...(required.length > 0 && { required }) };
  };
  const closed = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(closed);
    if (!isObject(node)) return node;
    const schema = melted(node);
    const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
    if (!isObject(copy.properties)) return copy;
    if (direction === 'request') copy.properties = withoutReadOnly(copy.properties);
    return { additionalProperties: false, ...copy };
  };
  return objectAt({ document: closed(document) }, 'document');
}

const withoutReadOnly = (properties: JsonObject) => Object.fromEntries(Object.entries(properties).filter(([, property]) => at(property, 'readOnly') !== true));
