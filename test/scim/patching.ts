import { type Attributes, createAttributes } from '../../src/scim/attribute-value.js';
import type { Reader } from '../../src/scim/dialect.js';
import { applyPatch, type PatchOutcome } from '../../src/scim/patch.js';
import { parsePatchRequest } from '../../src/scim/patch-request.js';
import { faultOf } from './readers.js';

/** The body of a PATCH around its operations. */
export function patchBody(operations: unknown): unknown {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

/** What a PATCH of these operations makes of the resource `u-17` with these attributes. */
export function patch(attributes: object, operations: unknown, reader: Reader): PatchOutcome {
  return applyPatch({
    id: 'u-17',
    attributes: toAttributes(attributes),
    operations: parsePatchRequest(patchBody(operations), reader),
    reader,
  });
}

export function patchFault(attributes: object, operations: unknown, reader: Reader): unknown {
  return faultOf(() => patch(attributes, operations, reader));
}

/** JSON as attributes, none of its objects with a prototype. */
export function toAttributes(json: object): Attributes {
  return JSON.parse(JSON.stringify(json), (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? createAttributes(Object.entries(value))
      : value,
  );
}
