import { attribute, type Schema } from '../schema.js';

/** Both mean something to the graph, in these spellings and others; a type that means nothing is refused. */
export const TYPE = attribute('type', 'What acts through the account.', {
  canonicalValues: ['human', 'service_account', 'workload', 'ai_agent'],
});
const ENVIRONMENTS = attribute('environments', 'Environments it may run in.', {
  multiValued: true,
  canonicalValues: ['dev', 'test', 'stage', 'prod'],
});

/** Our own extension: what a directory knows about an account that no person signs in with. */
export const NON_HUMAN_USER_SCHEMA: Schema = {
  id: 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User',
  name: 'NonHumanUser',
  description: 'Accounts of services, workloads and AI agents',
  attributes: [
    TYPE,
    attribute('purpose', 'What the account is for, in a sentence.'),
    ENVIRONMENTS,
    attribute('owners', 'Accounts that answer for it.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'Id of the owner; may be unknown yet.', { required: true, caseExact: true }),
        attribute('$ref', 'URI of the owner.', { type: 'reference', referenceTypes: ['User', 'Group'] }),
        attribute('display', 'Name of the owner as sent, else its own.'),
      ],
    }),
    // A sample of the spelling: clients that fill attributes by their schema take it from here.
    attribute('expiresAt', 'When the account is to end.', {
      type: 'dateTime',
      canonicalValues: ['2030-12-31T23:59:59Z'],
    }),
    attribute('managedBy', 'The system or pipeline that makes and changes it, such as a repository.'),
  ],
};
