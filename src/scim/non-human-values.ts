import { identityTypeNamed } from '../graph/classification.js';
import type { Environment } from '../graph/node.js';
import { fold } from '../graph/text.js';
import { type Attributes, isComplex } from './attribute-value.js';
import { NON_HUMAN_USER_SCHEMA, TYPE } from './schemas/non-human-user-schema.js';
import { ScimError } from './scim-error.js';

/** How directories call environments, without what parts their words. */
const environmentNames: readonly (readonly [Environment, readonly string[]])[] = [
  ['DEV', ['dev', 'development']],
  ['TEST', ['test', 'testing', 'qa']],
  ['STAGE', ['stage', 'staging', 'preprod']],
  ['PROD', ['prod', 'production']],
];

/** The environment of that name in any spelling. */
export function environmentNamed(name: string): Environment | undefined {
  const bare = fold(name).replace(/[-_\s]/g, '');
  return environmentNames.find(([, names]) => names.includes(bare))?.[0];
}

/**
 * Throws `invalidValue` for a type that means nothing, unless it is the one that is there: an account whose type is
 * misspelt would count as a person. Types are kept as sent all the same; environments that the graph does not know stay
 * attributes.
 */
export function checkType(attributes: Attributes, before: Attributes | undefined): void {
  const value = typeOf(attributes);
  if (typeof value !== 'string' || value === '' || identityTypeNamed(value) !== undefined) return;
  if (before !== undefined && value === typeOf(before)) return;
  const { name, canonicalValues = [] } = TYPE;
  throw new ScimError(
    'invalidValue',
    `\`${name}\` is \`${value.slice(0, 100)}\`; use ${canonicalValues.map((each) => `\`${each}\``).join(', ')}`,
  );
}

function typeOf(attributes: Attributes): unknown {
  const held = attributes[NON_HUMAN_USER_SCHEMA.id];
  return isComplex(held) ? held[TYPE.name] : undefined;
}
