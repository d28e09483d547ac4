/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Validates a value against the part of JSON Schema that schemas/openapi.json uses. Strict: a keyword that it does not know
 * is a fault of the schema, not something to pass over.
 */

const known = new Set(['$ref', 'type', 'enum', 'const', 'required', 'properties', 'additionalProperties', 'items', 'minimum',
  'description']);

function typeOf(value) {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function isOfType(value, type) {
  return type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;
}

const at = (path, key) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/* What is wrong with `value`, as sentences; `document` is where references lead. Ends after a hundred faults. */
export function validate(schema, value, document = schema, path = '') {
  const faults = [];
  const unknown = Object.keys(schema).filter((keyword) => !known.has(keyword));
  if (unknown.length > 0) {
    throw new Error(`the schema uses ${unknown.join(', ')}, which this validator does not know`);
  }
  if (schema.$ref !== undefined) {
    const target = schema.$ref.startsWith('#/') ? schema.$ref.slice(2).split('/').reduce((node, key) => node?.[key], document) : undefined;
    if (target === undefined) {
      throw new Error(`${schema.$ref} leads nowhere`);
    }
    return validate(target, value, document, path);
  }
  const fault = (text) => faults.push(`${path || '/'}: ${text}`);
  if (schema.type !== undefined && ![schema.type].flat().some((type) => isOfType(value, type))) {
    fault(`${typeOf(value)} in place of ${[schema.type].flat().join(' or ')}`);
    return faults;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    fault(`${JSON.stringify(value)} is not one of ${schema.enum.join(', ')}`);
  }
  if (schema.const !== undefined && value !== schema.const) {
    fault(`${JSON.stringify(value)} in place of ${JSON.stringify(schema.const)}`);
  }
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum) {
    fault(`${value} is below ${schema.minimum}`);
  }
  if (typeOf(value) === 'object') {
    for (const key of schema.required ?? []) {
      if (!Object.hasOwn(value, key)) {
        fault(`there is no ${key}`);
      }
    }
    for (const [key, part] of Object.entries(value)) {
      const own = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties[key] : schema.additionalProperties;
      if (own === false) {
        fault(`${key} is not allowed`);
      } else if (own !== undefined && own !== true) {
        faults.push(...validate(own, part, document, at(path, key)));
      }
    }
  }
  if (typeOf(value) === 'array' && schema.items !== undefined) {
    for (let i = 0; i < value.length && faults.length < 100; i++) {
      faults.push(...validate(schema.items, value[i], document, at(path, i)));
    }
  }
  return faults;
}
