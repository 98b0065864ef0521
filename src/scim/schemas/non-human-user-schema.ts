import { attribute, type Schema } from '../schema.js';

/** Our own extension: what a directory knows about an account that no person signs in with. */
export const NON_HUMAN_USER_SCHEMA: Schema = {
  id: 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User',
  name: 'NonHumanUser',
  description: 'Accounts of services, workloads and AI agents',
  attributes: [
    attribute('type', 'What acts through the account.', {
      canonicalValues: ['human', 'service_account', 'workload', 'ai_agent'],
    }),
    attribute('purpose', 'What the account is for, in a sentence.'),
    attribute('environments', 'Environments it may run in, such as production.', { multiValued: true }),
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
