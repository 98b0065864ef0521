import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  renderResourceTypes,
  renderSchema,
  renderSchemas,
  renderServiceProviderConfig,
} from '../../src/scim/discovery-documents.js';
import { attribute, type Schema } from '../../src/scim/schema.js';
import { createSchemaRegistry } from '../../src/scim/schema-registry.js';
import { CORE_GROUP, CORE_USER, ENTERPRISE, NON_HUMAN, registry } from './readers.js';

const base = 'https://h/scim/v2/t1/entra';
const samples = join(process.env.IDENTITY_GRAPH_SHARED ?? '../shared', 'data/scim/rfc');

/** Where our schemas differ from the samples of RFC 7643 §8.7.1 on purpose, with the reason. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'User.groups.value.caseExact': 'ids are case-exact',
  'EnterpriseUser.manager.$ref.required': 'made by this service',
  'Group.members.value.caseExact': 'ids are case-exact',
  'Group.members.display.mutability': 'kept as sent',
};

describe('the schema registry', () => {
  it('[7] lists User first, then Group, then the extensions', () => {
    expect(registry.schemas.map((schema) => schema.id)).toEqual([CORE_USER, CORE_GROUP, ENTERPRISE, NON_HUMAN]);
    expect(registry.resourceTypes.map((type) => type.name)).toEqual(['User', 'Group']);
  });

  it('[8] adds the extensions of a source to the resource type they extend', () => {
    const schema: Schema = {
      id: 'urn:example:scim:badge:2.0:User',
      name: 'Badge',
      description: 'Badges',
      attributes: [attribute('badgeNumber', 'Number on the badge.')],
    };
    const { user, group } = createSchemaRegistry({ extensions: [{ resourceType: 'User', schema }] });
    expect(user.extensions.map((one) => one.id)).toEqual([ENTERPRISE, NON_HUMAN, schema.id]);
    expect(group.extensions).toEqual([]);
  });

  it('[8, 35] refuses an extension whose URN is taken or whose attribute names are not allowed', () => {
    const extend = (schema: Schema) => () => createSchemaRegistry({ extensions: [{ resourceType: 'User', schema }] });
    const named = (name: string): Schema => ({
      id: 'urn:x:y',
      name: 'X',
      description: 'X',
      attributes: [attribute(name, '')],
    });
    expect(extend({ ...named('a'), id: ENTERPRISE.toUpperCase() })).toThrow('is defined twice');
    expect(extend({ ...named('a'), id: 'http://x' })).toThrow('is no URN');
    expect(extend(named('__proto__'))).toThrow('is not allowed');
    expect(extend(named('a.b'))).toThrow('is not allowed');
  });

  it('[61] names what is ours only under our own URN', () => {
    const own = registry.schemas.filter((schema) => !schema.id.startsWith('urn:ietf:'));
    expect(own.map((schema) => [schema.id, schema.attributes.map((one) => one.name)])).toEqual([
      [NON_HUMAN, ['type', 'purpose', 'environments', 'owners', 'expiresAt', 'managedBy']],
    ]);
  });

  const compareWithSamples = existsSync(samples) ? it : it.skip;
  if (!existsSync(samples))
    console.warn(`no RFC samples under ${samples}: the comparison with RFC 7643 §8.7.1 does not run`);

  compareWithSamples(
    '[7] agrees with the samples of RFC 7643 §8.7.1 in every characteristic but the stated ones',
    () => {
      const differences = ['user', 'group', 'enterprise_user'].flatMap((name) => {
        const sample = JSON.parse(readFileSync(join(samples, `rfc7643-8.7.1-schema-${name}.json`), 'utf8'));
        const ours = registry.schemas.find((schema) => schema.id === sample.id);
        return compareAttributes(sample.name, sample.attributes, ours?.attributes ?? []);
      });
      expect(differences.filter((place) => !(place in DEVIATIONS))).toEqual([]);
    },
  );
});

describe('the discovery documents', () => {
  it('[53] renders /Schemas as a ListResponse without a null anywhere (E13)', () => {
    const text = JSON.stringify(renderSchemas(registry, base));
    expect(text).not.toContain('null');
    expect(JSON.parse(text)).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 4,
      startIndex: 1,
      itemsPerPage: 4,
    });
  });

  it('[7, 53] renders every characteristic of a simple attribute and the sub-attributes of a complex one', () => {
    const { attributes } = renderSchema(registry.group.schema, base) as {
      attributes: readonly Record<string, unknown>[];
    };
    expect(attributes[0]).toEqual({
      name: 'displayName',
      type: 'string',
      description: 'Name to show to people.',
      multiValued: false,
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
    const members = attributes[1] as { subAttributes: readonly Record<string, unknown>[] };
    expect(members.subAttributes[2]).toMatchObject({ name: 'type', canonicalValues: ['User', 'Group'] });
    expect(renderSchema(registry.user.schema, base)).toMatchObject({
      description: expect.stringContaining('User Account'),
    });
  });

  it('[53] renders /ResourceTypes with User first and its extensions optional', () => {
    expect(renderResourceTypes(registry, base).Resources).toEqual([
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: 'User',
        name: 'User',
        endpoint: '/Users',
        description: 'User Account',
        schema: CORE_USER,
        schemaExtensions: [
          { schema: ENTERPRISE, required: false },
          { schema: NON_HUMAN, required: false },
        ],
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
      },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: 'Group',
        name: 'Group',
        endpoint: '/Groups',
        description: 'Group',
        schema: CORE_GROUP,
        schemaExtensions: [],
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/Group` },
      },
    ]);
  });

  it('[53] renders the ServiceProviderConfig with the paging of RFC 9865', () => {
    const config = renderServiceProviderConfig(
      {
        maxBulkOperations: 1000,
        maxBulkPayloadSize: 1_048_576,
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 3600,
        interopProfileConformant: false,
      },
      base,
    );
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 3600,
      },
    });
  });
});

interface SampleAttribute extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly subAttributes?: readonly SampleAttribute[];
}

/** Places where a characteristic of the sample is not ours, and attributes that only one side has. */
function compareAttributes(
  owner: string,
  sample: readonly SampleAttribute[],
  ours: Schema['attributes'],
): readonly string[] {
  const extra = ours
    .filter((one) => !sample.some((theirs) => theirs.name === one.name))
    .map((one) => `${owner}.${one.name} is not in the sample`);
  const differing = sample.flatMap((theirs) => {
    const own = ours.find((one) => one.name === theirs.name);
    if (!own) return [`${owner}.${theirs.name} is missing`];
    const { name, description: _description, subAttributes = [], ...characteristics } = theirs;
    const mine: Readonly<Record<string, unknown>> = { ...own };
    const places = Object.entries(characteristics)
      .filter(([key, value]) => JSON.stringify(mine[key]) !== JSON.stringify(value))
      .map(([key]) => `${owner}.${name}.${key}`);
    return [...places, ...compareAttributes(`${owner}.${name}`, subAttributes, own.subAttributes)];
  });
  return [...extra, ...differing];
}
