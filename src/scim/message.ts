import { isForbiddenName, isJsonObject } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { ScimError } from './scim-error.js';

/** The body as an object whose names cannot reach a prototype. */
export function checkObject(body: unknown): Readonly<Record<string, unknown>> {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body is no JSON object; send one');
  const forbidden = Object.keys(body).find(isForbiddenName);
  if (forbidden !== undefined)
    throw new ScimError('invalidSyntax', `attribute name \`${forbidden}\` is not allowed; leave it out`);
  return body;
}

/** The value of a key in any letter case, or undefined. `name` is in lower case. */
export function field(json: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(json).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The URNs of `schemas`, found in any letter case; empty when there are none. Throws `invalidSyntax` when it is no list of text. */
export function readSchemaUrns(json: Readonly<Record<string, unknown>>): readonly string[] {
  const urns = field(json, 'schemas');
  const isUrns = Array.isArray(urns) && urns.every((urn) => typeof urn === 'string');
  if (isUrns) return urns;
  if (urns === undefined || urns === null) return [];
  throw new ScimError('invalidSyntax', '`schemas` is no list of URNs');
}

/** Refuses a body whose `schemas` lacks the message's URN, where the dialect minds. */
export function checkMessageSchema(
  json: Readonly<Record<string, unknown>>,
  urn: string,
  reader: Pick<Reader, 'accepts'>,
): void {
  const hasUrn = readSchemaUrns(json).some((one) => one.toLowerCase() === urn.toLowerCase());
  if (!hasUrn && !reader.accepts('MISSING_SCHEMAS'))
    throw new ScimError('invalidSyntax', `\`schemas\` lacks \`${urn}\`; add it`);
}

/** Adds which operation of the request (counted from 1) a fault lies in. */
export function inOperation<T>(index: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) {
      throw new ScimError(error.scimType, `operation ${index + 1}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
