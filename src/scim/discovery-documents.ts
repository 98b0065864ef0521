import { LIST_URN } from './list-response.js';
import type { AttributeDefinition, Schema } from './schema.js';
import type { ResourceType, SchemaRegistry } from './schema-registry.js';

const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const PROVIDER_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

/** What one source is offered. Sizes are bytes, times seconds. */
export interface ProviderFeatures {
  readonly maxBulkOperations: number;
  readonly maxBulkPayloadSize: number;
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly cursorTimeout: number;
  /** Said only where it is so: clients that read by the RFCs' schema refuse attributes which that lacks. */
  readonly interopProfileConformant: boolean;
}

/** A discovery document: plain JSON. */
export type DiscoveryDocument = Readonly<Record<string, unknown>>;

/** `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4). `baseUrl` has no slash at its end. */
export function renderServiceProviderConfig(features: ProviderFeatures, baseUrl: string): DiscoveryDocument {
  const { maxBulkOperations, maxBulkPayloadSize, defaultPageSize, maxPageSize, cursorTimeout } = features;
  return {
    schemas: [PROVIDER_URN],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: maxBulkOperations, maxPayloadSize: maxBulkPayloadSize },
    filter: { supported: true, maxResults: maxPageSize },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize,
      maxPageSize,
      cursorTimeout,
    },
    ...(features.interopProfileConformant && { interopProfileConformant: true }),
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token issued for this source, in the Authorization header',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** `/ResourceTypes`; User comes first. */
export function renderResourceTypes({ resourceTypes }: SchemaRegistry, baseUrl: string): DiscoveryDocument {
  return renderList(resourceTypes.map((resourceType) => renderResourceType(resourceType, baseUrl)));
}

/** `/ResourceTypes/{name}` (RFC 7643 §6). */
export function renderResourceType(
  { name, endpoint, description, schema, extensions }: ResourceType,
  baseUrl: string,
): DiscoveryDocument {
  return {
    schemas: [RESOURCE_TYPE_URN],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map((extension) => ({ schema: extension.id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  };
}

/** `/Schemas`, a ListResponse of all resource schemas; message schemas are not among them. */
export function renderSchemas({ schemas }: SchemaRegistry, baseUrl: string): DiscoveryDocument {
  return renderList(schemas.map((schema) => renderSchema(schema, baseUrl)));
}

/** `/Schemas/{urn}` (RFC 7643 §7). */
export function renderSchema({ id, name, description, attributes }: Schema, baseUrl: string): DiscoveryDocument {
  return {
    schemas: [SCHEMA_URN],
    id,
    name,
    description,
    attributes: attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  };
}

/** Characteristics that do not apply are left out: some clients break on null. */
function renderAttribute({ subAttributes, ...characteristics }: AttributeDefinition): DiscoveryDocument {
  if (characteristics.type !== 'complex') return characteristics;
  const { caseExact: _caseExact, uniqueness: _uniqueness, ...complex } = characteristics;
  return { ...complex, subAttributes: subAttributes.map(renderAttribute) };
}

function renderList(resources: readonly DiscoveryDocument[]): DiscoveryDocument {
  return {
    schemas: [LIST_URN],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
