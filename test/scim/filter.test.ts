import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DialectName } from '../../src/scim/dialect.js';
import { type Filter, printFilter } from '../../src/scim/filter.js';
import { toPredicate } from '../../src/scim/filter-evaluator.js';
import { parseFilter } from '../../src/scim/filter-parser.js';
import { ScimError } from '../../src/scim/scim-error.js';
import { filterTexts, userResources } from './filter-arbitraries.js';
import { ENTERPRISE, faultOf, groupReader, userReader } from './readers.js';

const kit = {
  id: 'u-17',
  externalId: 'Ext-1',
  userName: 'Kit@x.dk',
  title: '',
  active: true,
  name: { givenName: 'Kit', familyName: 'Holm' },
  emails: [
    { value: 'kit@x.dk', type: 'work', primary: true },
    { value: 'k@home.org', type: 'home' },
  ],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'b2f0' } },
  meta: { resourceType: 'User', created: '2021-09-23T19:35:41.842Z', lastModified: '2021-09-23T19:35:41.842Z' },
};

const holds = (text: string, dialect: DialectName = 'rfc') => toPredicate(parseFilter(text, userReader(dialect)))(kit);
const read = (text: string, dialect: DialectName = 'rfc') => printFilter(parseFilter(text, userReader(dialect)));
const fault = (text: string, dialect: DialectName = 'rfc') => faultOf(() => read(text, dialect));

describe('a filter', () => {
  it('[37, RFC 7644 §3.4.2.2] binds not before and, and before or', () => {
    expect(read('title pr or active eq true and not (userName eq "a" or userName eq "b")')).toBe(
      'title pr or (active eq true and not (userName eq "a" or userName eq "b"))',
    );
    expect(read('(title pr or active eq true) and userName pr')).toBe('(title pr or active eq true) and userName pr');
    expect(holds('not (userName eq "nobody" or userName eq "kit@x.dk")')).toBe(false);
    expect(holds('userName eq "kit@x.dk" or userName eq "a" and userName eq "b"')).toBe(true);
  });

  it('[9, 37] takes names, URNs and operators in any letter case', () => {
    expect(read('USERNAME EQ "x" AND Name.FamilyName Co "y"')).toBe('userName eq "x" and name.familyName co "y"');
    expect(read(`${ENTERPRISE.toUpperCase()}:DEPARTMENT sw "S"`)).toBe(`${ENTERPRISE}:department sw "S"`);
  });

  it('[38] holds an element filter only if one element meets all of it', () => {
    expect(holds('emails[type eq "work" and value co "@home"]')).toBe(false);
    expect(holds('emails.type eq "work" and emails.value co "@home"')).toBe(true);
    expect(holds('emails[type eq "home" and value co "@home"]')).toBe(true);
  });

  it('[38] compares a complex attribute by its value', () => {
    expect(read('emails co "x.dk"')).toBe('emails.value co "x.dk"');
    expect(holds(`${ENTERPRISE}:manager eq "b2f0"`)).toBe(true);
    expect(fault('name eq "Kit"')).toBe('invalidFilter: `name` is complex; compare one of its sub-attributes');
  });

  it('[38] compares text as the attribute is case-exact or not', () => {
    expect([holds('userName eq "KIT@X.DK"'), holds('externalId eq "ext-1"'), holds('externalId eq "Ext-1"')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(holds('userName sw "kit@"')).toBe(true);
  });

  it('[38] compares instants, whatever the offset and the length of the fraction', () => {
    expect(holds('meta.lastModified eq "2021-09-23T21:35:41.8420000+02:00"')).toBe(true);
    expect(holds('(ActiVe eq true) and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"')).toBe(false);
    expect(holds('meta.lastModified lt "2021-09-23T19:35:41.8420572Z"')).toBe(true);
    expect(holds('meta.created gt "0001-01-03T00:00:00.0000000Z"')).toBe(true);
    expect(holds('meta.created gt "2016-02-29T00:00:00Z"')).toBe(true);
    expect(fault('meta.created gt "2015-02-29T00:00:00Z"')).toMatch(/^invalidFilter: /);
  });

  it('[38] says of pr and null that empty text and absence are no value', () => {
    expect([holds('title pr'), holds('nickName pr'), holds('emails pr'), holds('name pr')]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([holds('nickName eq null'), holds('nickName ne null'), holds('userName ne null')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('[38] lets ne hold for an absent attribute, and for a list when one value differs', () => {
    expect([holds('nickName ne "x"'), holds('emails.type ne "work"'), holds('userName ne "kit@x.dk"')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('[38] refuses operators that do not fit the type', () => {
    expect(fault('active gt true')).toBe('invalidFilter: operator `gt` does not fit `active`, which is boolean');
    expect(fault('x509Certificates.value ge "a"')).toBe(
      'invalidFilter: operator `ge` does not fit `value`, which is binary',
    );
    expect(fault('meta.created eq "yesterday"')).toBe('invalidFilter: `yesterday` is no dateTime, which `created` is');
  });

  it('[11] cannot ask about a password', () => {
    expect(fault('password eq "x"', 'lenient')).toBe('invalidFilter: `password` cannot be filtered on');
    expect(fault('password pr', 'lenient')).toBe('invalidFilter: `password` cannot be filtered on');
  });

  it.each([
    [
      'title',
      'invalidFilter: found the end at position 5, where an operator (pr, eq, ne, co, sw, ew, gt, ge, lt, le) is due',
    ],
    [
      'userName zz "x"',
      'invalidFilter: found `zz` at position 9, where an operator (pr, eq, ne, co, sw, ew, gt, ge, lt, le) is due',
    ],
    ['userName eq', 'invalidFilter: a value is missing at position 11; write it as JSON, text in double quotes'],
    ['(userName pr', 'invalidFilter: found the end at position 12, where `and`, `or` or `)` is due'],
    ['userName pr)', 'invalidFilter: found `)` at position 11, where `and` or `or` is due'],
    ['not userName pr', 'invalidFilter: found `userName` at position 4, where `(` after `not` is due'],
    ['userName eq "x', 'invalidFilter: text that begins at position 12 has no closing quote'],
    ['emails[type eq "a"', 'invalidFilter: found the end at position 18, where `and` or `or` is due'],
    ['', 'invalidFilter: found the end at position 0, where an attribute name is due'],
    ['constructor.x eq "a"', 'invalidPath: attribute name `constructor` is not allowed; leave it out'],
  ])('[37, 35] refuses `%s` in every dialect', (text, message) => {
    expect([fault(text, 'lenient'), fault(text, 'rfc'), fault(text, 'interop')]).toEqual([message, message, message]);
  });

  it('[39] is not one unquoted word, in any dialect', () => {
    expect(fault('abc', 'lenient')).toMatch(/^invalidFilter: found the end at position 3/);
    expect(fault('abc')).toBe('invalidFilter: unknown attribute `abc` at position 0; see /Schemas');
  });

  it('[37] keeps its limits of length, depth and terms', () => {
    expect(fault(`userName eq "${'x'.repeat(8192)}"`)).toBe(
      'invalidFilter: filter is longer than 8192 characters; ask in parts',
    );
    expect(fault(`${'('.repeat(65)}title pr${')'.repeat(65)}`)).toBe(
      'invalidFilter: filter nests deeper than 64 parentheses',
    );
    expect(fault(Array.from({ length: 257 }, () => 'title pr').join(' or '))).toBe(
      'tooMany: filter has more than 256 terms; ask in parts',
    );
    expect(read(`${'('.repeat(64)}title pr${')'.repeat(64)}`)).toBe('title pr');
  });

  it('[37] reads a long chain of alternatives as it stands, without multiplying terms out', () => {
    const text = Array.from({ length: 128 }, (_, i) => `(title eq "${i}" or nickName eq "${i}")`).join(' and ');
    expect(parseFilter(text, userReader('rfc'))).toMatchObject({ kind: 'and', terms: { length: 128 } });
  });
});

describe('a filter in lenient', () => {
  it('[39, E10] takes an operator after a value path', () => {
    expect(read('emails[type eq "work"].value eq "kit@x.dk"', 'lenient')).toBe(
      'emails[type eq "work" and value eq "kit@x.dk"]',
    );
    expect(holds('emails[type eq "home"].value eq "kit@x.dk"', 'lenient')).toBe(false);
    expect(fault('emails[type eq "work"].value eq "x"')).toBe(
      'invalidFilter: no operator may follow a value path; put the comparison inside the brackets',
    );
  });

  it('[39] takes text without quotes as a value, single quotes, and text for a boolean, and counts them', () => {
    const reader = userReader();
    const printed = ['userName sw O', 'externalId eq 0042', "title eq 'it''", "title eq 'a b'", 'active eq "True"'].map(
      (text) => faultOf(() => printFilter(parseFilter(text, reader))),
    );
    expect(printed).toEqual([
      { returned: 'userName sw "O"' },
      { returned: 'externalId eq "0042"' },
      'invalidFilter: text that begins at position 13 has no closing quote',
      { returned: 'title eq "a b"' },
      { returned: 'active eq true' },
    ]);
    expect([...reader.quirks]).toEqual([
      ['E10', 2],
      ['SINGLE_QUOTES', 2],
      ['E1', 1],
    ]);
  });

  it('[39] refuses the same in rfc', () => {
    expect(fault('userName sw O')).toBe('invalidFilter: `O` is no string, which `userName` is');
    expect(fault("title eq 'a'")).toBe(
      'invalidFilter: a value is missing at position 9; write it as JSON, text in double quotes',
    );
    expect(fault('active eq "True"')).toBe('invalidFilter: `True` is no boolean, which `active` is');
  });

  it('[46] treats an attribute no resource has as without value, and names it in the other dialects', () => {
    expect([holds('shoeSize eq "44"', 'lenient'), holds('not (shoeSize pr)', 'lenient')]).toEqual([false, true]);
    expect(fault('shoeSize eq "44"')).toBe('invalidFilter: unknown attribute `shoeSize` at position 0; see /Schemas');
  });

  it('[E10] takes the reference probes and the queries of the Microsoft collection', () => {
    expect(holds('id eq "u-17" and manager eq "b2f0"', 'lenient')).toBe(true);
    expect(holds('DisplayName eq BobIsAmazing', 'lenient')).toBe(false);
    expect(holds('meta.Created gt 2015-10-10T14:38:21.8617979-07:00', 'lenient')).toBe(true);
    expect(printFilter(parseFilter('members[value eq "u-1"] and displayName eq "A"', groupReader()))).toBe(
      'members[value eq "u-1"] and displayName eq "A"',
    );
  });
});

describe('any filter', () => {
  it('[37] is printed as text that reads as the same filter', () => {
    fc.assert(
      fc.property(filterTexts, (text) => {
        const filter: Filter = parseFilter(text, userReader('rfc'));
        expect(parseFilter(printFilter(filter), userReader('rfc'))).toEqual(filter);
      }),
      { numRuns: 300 },
    );
  });

  it('[38] and its negation never agree', () => {
    fc.assert(
      fc.property(filterTexts, userResources, (text, user) => {
        const reader = userReader('rfc');
        expect(toPredicate(parseFilter(`not (${text})`, reader))(user)).toBe(
          !toPredicate(parseFilter(text, reader))(user),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('[75] is read or refused with a SCIM error, whatever the text', () => {
    const pieces = fc.constantFrom(
      'userName',
      'emails[',
      ']',
      '.value',
      '(',
      ')',
      'not',
      'and',
      'or',
      'eq',
      'pr',
      '"x"',
      "'",
      '"',
      '__proto__',
      'true',
      '1e9',
      ENTERPRISE,
      ':',
      '\\',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ')),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom<DialectName>('lenient', 'rfc', 'interop'), (input, dialect) => {
        try {
          parseFilter(input, userReader(dialect));
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
