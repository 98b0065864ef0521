import { describe, expect, it } from '@jest/globals';
import { toPredicate } from '../../src/scim/filter-evaluator.js';
import { parseFilter } from '../../src/scim/filter-parser.js';
import { renderListResponse } from '../../src/scim/list-response.js';
import type { ReferencedResource } from '../../src/scim/referred-values.js';
import {
  type Rendering,
  renderResource,
  type StoredResource,
  toWholeResource,
} from '../../src/scim/resource-response.js';
import { toAttributes } from './patching.js';
import { CORE_GROUP, CORE_USER, ENTERPRISE, NON_HUMAN, registry, userReader } from './readers.js';

const baseUrl = 'https://h/scim/v2/t1/entra';
const known = new Map<string, ReferencedResource>([
  ['b2f0', { resourceType: 'User', id: 'b2f0', displayName: 'Mo' }],
  ['u-19', { resourceType: 'User', id: 'u-19', displayName: 'Ib' }],
  ['ext-7', { resourceType: 'Group', id: 'g-7', displayName: 'Team' }],
]);
const rendering: Rendering = {
  registry,
  baseUrl,
  selection: { kind: 'default' },
  findReferenced: (value) => known.get(value),
};

const times = { created: Date.UTC(2026, 10, 20, 8), lastModified: Date.UTC(2026, 10, 23, 19, 59, 26) };
const user = (attributes: object, more: Partial<StoredResource> = {}): StoredResource => ({
  resourceType: registry.user,
  id: 'u-17',
  attributes: toAttributes(attributes),
  version: 7,
  ...times,
  ...more,
});

describe('the answer about a resource', () => {
  it('[14, 50, 3.8] holds the stored values, schemas and meta of a user', () => {
    const email = { value: 'kit@x.dk', type: 'work', primary: true };
    expect(
      renderResource(user({ externalId: '0a21', userName: 'kit@x.dk', active: false, emails: [email] }), rendering),
    ).toEqual({
      schemas: [CORE_USER],
      id: 'u-17',
      externalId: '0a21',
      userName: 'kit@x.dk',
      active: false,
      emails: [email],
      meta: {
        resourceType: 'User',
        created: '2026-11-20T08:00:00.000Z',
        lastModified: '2026-11-23T19:59:26.000Z',
        version: 'W/"7"',
        location: `${baseUrl}/Users/u-17`,
      },
    });
  });

  it('[8, E5] lists the extensions present, and completes a manager that is known', () => {
    const managed = (value: string) =>
      renderResource(user({ userName: 'k', [ENTERPRISE]: { manager: { value } } }), rendering);
    expect(managed('b2f0')).toMatchObject({
      schemas: [CORE_USER, ENTERPRISE],
      [ENTERPRISE]: { manager: { value: 'b2f0', $ref: `${baseUrl}/Users/b2f0`, displayName: 'Mo' } },
    });
    expect(managed('nobody')[ENTERPRISE]).toEqual({ manager: { value: 'nobody' } });
    const owned = renderResource(
      user({ userName: 'k', [NON_HUMAN]: { owners: [{ value: 'u-19', display: 'As sent' }] } }),
      rendering,
    );
    expect(owned[NON_HUMAN]).toEqual({
      owners: [{ value: 'u-19', display: 'As sent', $ref: `${baseUrl}/Users/u-19` }],
    });
  });

  it('[38, 46] can be filtered by the schemas it has', () => {
    const whole = toWholeResource(user({ userName: 'k', [ENTERPRISE]: { department: 'Sales' } }), rendering);
    const holds = (text: string) => toPredicate(parseFilter(text, userReader('rfc')))(whole);
    expect([
      holds(`schemas eq "${ENTERPRISE}"`),
      holds(`schemas eq "${NON_HUMAN}"`),
      holds('meta.resourceType eq "User"'),
    ]).toEqual([true, false, true]);
  });

  it('[15, E6] shows members as sent, completed where they are known', () => {
    const group: StoredResource = {
      ...user({ displayName: 'Sales DK' }),
      resourceType: registry.group,
      id: 'g-1',
      members: [{ value: 'u-19' }, { value: 'ext-7', display: 'As sent' }, { value: 'dangling', type: 'User' }],
    };
    expect(renderResource(group, rendering)).toMatchObject({
      schemas: [CORE_GROUP],
      displayName: 'Sales DK',
      members: [
        { value: 'u-19', type: 'User', display: 'Ib', $ref: `${baseUrl}/Users/u-19` },
        { value: 'ext-7', type: 'Group', display: 'As sent', $ref: `${baseUrl}/Groups/g-7` },
        { value: 'dangling', type: 'User' },
      ],
      meta: { location: `${baseUrl}/Groups/g-1` },
    });
    const { members: _members, ...withoutMembers } = group;
    expect(renderResource(withoutMembers, rendering)).not.toHaveProperty('members');
  });

  it('[15] shows the groups of a user', () => {
    const groups = [{ id: 'g-1', displayName: 'Sales DK', type: 'direct' as const }];
    expect(renderResource(user({ userName: 'k' }, { groups }), rendering).groups).toEqual([
      { value: 'g-1', $ref: `${baseUrl}/Groups/g-1`, display: 'Sales DK', type: 'direct' },
    ]);
  });

  it('[8, 42] names an extension in schemas only if any of it is shown', () => {
    const selection = { kind: 'only', names: new Set(['username']) } as const;
    expect(
      renderResource(user({ userName: 'k', [ENTERPRISE]: { department: 'Sales' } }), { ...rendering, selection }),
    ).toEqual({
      schemas: [CORE_USER],
      id: 'u-17',
      userName: 'k',
    });
  });
});

describe('a page of resources', () => {
  it('[43, E10] of nothing is an empty list', () => {
    expect(renderListResponse({ totalResults: 0, resources: [], position: { kind: 'index', startIndex: 1 } })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('[44, 47, RFC 9865] names the next cursor, and none on the last page', () => {
    const resources = [toAttributes({ id: 'u-1' })];
    expect(
      renderListResponse({ totalResults: 5, resources, position: { kind: 'cursor', nextCursor: 'c1.x' } }),
    ).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 5,
      itemsPerPage: 1,
      nextCursor: 'c1.x',
      Resources: [{ id: 'u-1' }],
    });
    expect(renderListResponse({ resources, position: { kind: 'cursor' } })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      itemsPerPage: 1,
      Resources: [{ id: 'u-1' }],
    });
  });
});
