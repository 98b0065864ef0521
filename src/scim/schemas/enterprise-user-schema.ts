import { attribute, type Schema } from '../schema.js';

/** RFC 7643 §4.3 and §8.7.1. `manager.$ref` is made by this service, so no client must send it. */
export const ENTERPRISE_USER_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'Identifier given by the organization.'),
    attribute('costCenter', 'Name of a cost center.'),
    attribute('organization', 'Name of an organization.'),
    attribute('division', 'Name of a division.'),
    attribute('department', 'Name of a department.'),
    attribute('manager', 'The account of the manager.', {
      type: 'complex',
      subAttributes: [
        attribute('value', 'Id of the manager; may be unknown yet.', { required: true, caseExact: true }),
        attribute('$ref', 'URI of the manager.', { type: 'reference', referenceTypes: ['User'] }),
        attribute('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
      ],
    }),
  ],
};
