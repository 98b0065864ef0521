import { attribute, plural, type Schema } from '../schema.js';

const derived = { mutability: 'readOnly' } as const;
const places = ['work', 'home', 'other'];
const phones = ['work', 'home', 'mobile', 'fax', 'pager', 'other'];
const messengers = ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'];

const name = attribute('name', 'Components of the name.', {
  type: 'complex',
  subAttributes: [
    attribute('formatted', 'The whole name, for display.'),
    attribute('familyName', 'Family name, or last name.'),
    attribute('givenName', 'Given name, or first name.'),
    attribute('middleName', 'Middle names.'),
    attribute('honorificPrefix', 'Titles before the name.'),
    attribute('honorificSuffix', 'Suffixes after the name.'),
  ],
});

const addresses = attribute('addresses', 'Physical mailing addresses.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'The whole address, for display; may hold newlines.'),
    attribute('streetAddress', 'Street, house number, box; may hold newlines.'),
    attribute('locality', 'City or locality.'),
    attribute('region', 'State or region.'),
    attribute('postalCode', 'Postal code.'),
    attribute('country', 'Country, ISO 3166-1 alpha-2.'),
    attribute('type', 'What the address is for.', { canonicalValues: places }),
    attribute('primary', 'Whether this is the preferred address; true for one at most.', { type: 'boolean' }),
  ],
});

const groups = attribute('groups', 'Groups the account belongs to; changed through the group.', {
  ...derived,
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('value', 'Id of the group.', { ...derived, caseExact: true }),
    attribute('$ref', 'URI of the group.', { ...derived, type: 'reference', referenceTypes: ['Group'] }),
    attribute('display', 'Name of the group.', derived),
    attribute('type', 'Whether the membership is direct or through a nested group.', {
      ...derived,
      canonicalValues: ['direct', 'indirect'],
    }),
  ],
});

/** RFC 7643 §4.1 and §8.7.1. */
export const USER_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', 'Name the account signs in with; unique in the source, in any letter case.', {
      required: true,
      uniqueness: 'server',
    }),
    name,
    attribute('displayName', 'Name to show to people.'),
    attribute('nickName', 'Casual name.'),
    attribute('profileUrl', 'Page about the user.', { type: 'reference', referenceTypes: ['external'] }),
    attribute('title', 'Title in the organization.'),
    attribute('userType', 'Relation to the organization, such as Employee or Contractor.'),
    attribute('preferredLanguage', 'Preferred language, as in Accept-Language.'),
    attribute('locale', 'Locale for dates, numbers and currency, such as en-US.'),
    attribute('timezone', 'IANA time zone, such as Europe/Copenhagen.'),
    attribute('active', 'Whether the account may be used.', { type: 'boolean' }),
    attribute('password', 'Accepted and dropped: nobody signs in here.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    plural('emails', 'Email addresses.', { types: places }),
    plural('phoneNumbers', 'Phone numbers.', { types: phones }),
    plural('ims', 'Instant messaging addresses.', { types: messengers }),
    plural('photos', 'URLs of photos.', {
      value: { type: 'reference', referenceTypes: ['external'], caseExact: true },
      types: ['photo', 'thumbnail'],
    }),
    addresses,
    groups,
    plural('entitlements', 'Entitlements of the account.'),
    plural('roles', 'Roles of the account.'),
    plural('x509Certificates', 'Certificates, DER in base64.', { value: { type: 'binary', caseExact: true } }),
  ],
};
