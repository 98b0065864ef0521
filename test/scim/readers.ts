import { createReader, type DialectName, type Reader } from '../../src/scim/dialect.js';
import { createSchemaRegistry } from '../../src/scim/schema-registry.js';

export const registry = createSchemaRegistry();

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const NON_HUMAN = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';
export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export function userReader(dialect: DialectName = 'lenient'): Reader {
  return createReader({ resourceType: registry.user, dialect });
}

export function groupReader(dialect: DialectName = 'lenient'): Reader {
  return createReader({ resourceType: registry.group, dialect });
}

/** The SCIM detail keyword and message of what `run` throws, or what it returns if it throws nothing. */
export function faultOf(run: () => unknown): unknown {
  try {
    return { returned: run() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return 'scimType' in error ? `${error.scimType}: ${error.message}` : error;
  }
}
