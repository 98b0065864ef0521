import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printName } from '../../src/scim/attribute-name.js';
import { type AttributePath, parseAttributePath } from '../../src/scim/attribute-path.js';
import type { DialectName } from '../../src/scim/dialect.js';
import { printFilter } from '../../src/scim/filter.js';
import { ScimError } from '../../src/scim/scim-error.js';
import { CORE_USER, ENTERPRISE, faultOf, NON_HUMAN, userReader } from './readers.js';

const read = (text: string, dialect: DialectName = 'rfc') =>
  faultOf(() => printPath(parseAttributePath(text, userReader(dialect))));

describe('an attribute path', () => {
  it.each([
    ['userName', 'userName'],
    ['UserName', 'userName'],
    ['name.FAMILYNAME', 'name.familyName'],
    ['emails[type eq "work"]', 'emails[type eq "work"]'],
    ['emails[type eq "work"].value', 'emails[type eq "work"].value'],
    ['emails[type eq "a]b" and not (value pr)].display', 'emails[type eq "a]b" and not (value pr)].display'],
    [`${CORE_USER}:name.familyName`, 'name.familyName'],
    [`${CORE_USER}:emails[type eq "work"].value`, 'emails[type eq "work"].value'],
    [`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager.value`],
    [`${NON_HUMAN}:environments[value eq "prod"]`, `${NON_HUMAN}:environments[value eq "prod"]`],
    [ENTERPRISE, ENTERPRISE],
  ])('[23, RFC 7644 §3.5.2] `%s` names `%s`', (text, canonical) => {
    expect(read(text)).toEqual({ returned: canonical });
  });

  it('[23, E5] takes a dot after the URN and extension names without it in lenient only', () => {
    expect(read(`${ENTERPRISE}.manager`, 'lenient')).toEqual({ returned: `${ENTERPRISE}:manager` });
    expect(read('manager', 'lenient')).toEqual({ returned: `${ENTERPRISE}:manager` });
    const kindOf = (text: string) => parseAttributePath(text, userReader('rfc')).kind;
    expect([kindOf(`${ENTERPRISE}.manager`), kindOf('manager'), kindOf('shoeSize')]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it.each([
    ['', 'invalidPath: `` is no attribute name; write `attribute` or `attribute.subAttribute`'],
    [
      'emails..value',
      'invalidPath: `emails..value` is no attribute name; write `attribute` or `attribute.subAttribute`',
    ],
    ['emails[type eq "work"', 'invalidPath: found the end at position 14, where `and` or `or` is due'],
    ['emails[type eq "work"]value', 'invalidPath: `value` after the filter names no sub-attribute of `emails`'],
    ['emails[type eq "work"].colour', 'invalidPath: `.colour` after the filter names no sub-attribute of `emails`'],
    ['emails[colour eq "red"]', 'invalidPath: unknown sub-attribute `colour` of `emails` at position 0'],
    ['userName[value eq "x"]', 'invalidPath: `userName` has one value; it takes no filter'],
    ['__proto__', 'invalidPath: attribute name `__proto__` is not allowed; leave it out'],
    ['emails.constructor', 'invalidPath: attribute name `constructor` is not allowed; leave it out'],
    ['urn:x:y:prototype.a', 'invalidPath: attribute name `prototype` is not allowed; leave it out'],
    ['emails[type eq "work"].__proto__', 'invalidPath: attribute name `__proto__` is not allowed; leave it out'],
    ['shoes[__proto__ eq "x"]', 'invalidPath: attribute name `__proto__` is not allowed; leave it out'],
  ])('[35] refuses `%s` in every dialect', (text, message) => {
    expect([read(text, 'lenient'), read(text, 'rfc')]).toEqual([message, message]);
  });

  it('[75] is read or refused with a SCIM error, and its print reads as itself', () => {
    const pieces = fc.constantFrom(
      'userName',
      'emails',
      '[',
      ']',
      '.',
      'value',
      'type eq "work"',
      'and',
      '"',
      '__proto__',
      ENTERPRISE,
      ':',
      'manager',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom<DialectName>('lenient', 'rfc'), (input, dialect) => {
        try {
          const printed = printPath(parseAttributePath(input, userReader(dialect)));
          expect(printPath(parseAttributePath(printed, userReader(dialect)))).toBe(printed);
        } catch (error) {
          if (!(error instanceof ScimError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** The path as canonical text; parsing it gives the same path. */
function printPath(path: AttributePath): string {
  if (path.kind === 'extension') return path.schema.id;
  if (path.kind === 'unknown') return path.text;
  const { sub, ...owner } = path.ref;
  if (!path.filter) return printName(path.ref);
  return `${printName(owner)}[${printFilter(path.filter)}]${sub ? `.${sub.name}` : ''}`;
}
