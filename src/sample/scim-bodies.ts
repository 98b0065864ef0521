import type { SampleAccount, SampleGroup } from './company-draft.js';

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const nonHumanSchema = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';

/** The body of `POST /Users`; manager and owners are named by userName and may not have arrived. */
export function userBody(account: SampleAccount): object {
  const { department, employeeNumber, manager, type, purpose, environments, owners } = account;
  const [givenName, familyName] = account.displayName.split(' ');
  return {
    schemas: [userSchema, enterpriseSchema, ...(type === 'human' ? [] : [nonHumanSchema])],
    externalId: account.externalId,
    userName: account.name,
    displayName: account.displayName,
    active: account.active,
    ...(familyName !== undefined && { name: { givenName, familyName } }),
    ...(account.title !== undefined && { title: account.title }),
    ...(account.email !== undefined && { emails: [{ value: account.email, type: 'work', primary: true }] }),
    [enterpriseSchema]: {
      department,
      ...(employeeNumber !== undefined && { employeeNumber }),
      ...(manager !== undefined && { manager: { value: manager } }),
    },
    ...(type !== 'human' && {
      [nonHumanSchema]: { type, purpose, environments, owners: (owners ?? []).map((value) => ({ value })) },
    }),
  };
}

/** The body of `POST /Groups`, without members. */
export function groupBody(group: SampleGroup): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: group.name,
    externalId: group.externalId,
  };
}

/** The bodies of `PATCH /Groups/{id}` that add all members, 100 at a time as identity providers do. */
export function memberBodies(group: SampleGroup, idOf: (member: string) => string): object[] {
  const bodies: object[] = [];
  for (let start = 0; start < group.members.length; start += 100)
    bodies.push({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        {
          op: 'add',
          path: 'members',
          value: group.members.slice(start, start + 100).map((member) => ({ value: idOf(member) })),
        },
      ],
    });
  return bodies;
}
