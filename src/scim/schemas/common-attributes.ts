import { attribute } from '../schema.js';

const derived = { mutability: 'readOnly' } as const;

/** What every resource has besides its schemas (RFC 7643 §3.1). `schemas` is derived from the attributes present. */
export const COMMON_ATTRIBUTES = [
  attribute('schemas', 'URNs of the schemas whose attributes are present.', {
    type: 'reference',
    referenceTypes: ['uri'],
    multiValued: true,
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
  }),
  attribute('id', 'Identifier made by this service; stable, never reused.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'Identifier made by the provisioning client.', { caseExact: true }),
  attribute('meta', 'What this service records about the resource.', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'Name of the resource type.', { ...derived, caseExact: true }),
      attribute('created', 'When the resource was made.', { ...derived, type: 'dateTime' }),
      attribute('lastModified', 'When the resource last really changed.', { ...derived, type: 'dateTime' }),
      attribute('location', 'URI of the resource.', {
        ...derived,
        type: 'reference',
        referenceTypes: ['uri'],
        caseExact: true,
      }),
      attribute('version', 'Weak entity tag, as in the ETag header.', { ...derived, caseExact: true }),
    ],
  }),
] as const;
