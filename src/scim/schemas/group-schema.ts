import { attribute, type Schema } from '../schema.js';

const fixed = { mutability: 'immutable' } as const;

/** The one attribute that is kept as edges, not with the resource. */
export const MEMBERS = attribute('members', 'Accounts and groups that belong to the group.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('value', 'Id of the member.', { ...fixed, caseExact: true }),
    attribute('$ref', 'URI of the member.', { ...fixed, type: 'reference', referenceTypes: ['User', 'Group'] }),
    attribute('type', 'Resource type of the member.', { ...fixed, canonicalValues: ['User', 'Group'] }),
    attribute('display', 'Name of the member as sent, else its own.', fixed),
  ],
});

/**
 * RFC 7643 §4.2 and §8.7.1. Differs from the RFC's sample in two places: `members.value` is case-exact, since it holds
 * ids, and `members.display` keeps what the client sent.
 */
export const GROUP_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [attribute('displayName', 'Name to show to people.', { required: true }), MEMBERS],
};

/** The same where a source keeps names of groups unique. */
export const NAMED_GROUP_SCHEMA: Schema = {
  ...GROUP_SCHEMA,
  attributes: GROUP_SCHEMA.attributes.map((each) =>
    each.name === 'displayName' ? { ...each, uniqueness: 'server' } : each,
  ),
};
