/** Attribute types of RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex';

/** One attribute with every characteristic of RFC 7643 §7. `subAttributes` is empty unless `type` is `complex`. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  /** Suggested values; others are accepted (RFC 7643 §7), but for `checkType`. */
  readonly canonicalValues?: readonly string[];
  /** Only for references: resource types, or `external`, or `uri`. */
  readonly referenceTypes?: readonly string[];
  readonly subAttributes: readonly AttributeDefinition[];
}

/** RFC 7643 §7. `id` is the URN. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'description'>>;

/** An attribute with the defaults of RFC 7643 §2.2; only what differs is written. */
export function attribute(name: string, description: string, differing: Characteristics = {}): AttributeDefinition {
  return {
    name,
    type: 'string',
    description,
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    subAttributes: [],
    ...differing,
  };
}

/** A multi-valued complex attribute with the sub-attributes of RFC 7643 §2.4, `value` differing as stated. */
export function plural(
  name: string,
  description: string,
  { value = {}, types }: { readonly value?: Characteristics; readonly types?: readonly string[] } = {},
): AttributeDefinition {
  return attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', `The value of one of the ${name}.`, value),
      attribute('display', 'A name to show to people.'),
      attribute('type', 'What the value is for.', types ? { canonicalValues: types } : {}),
      attribute('primary', 'Whether this is the preferred value; true for one at most.', { type: 'boolean' }),
    ],
  });
}

/** The sub-attribute of that name in any letter case, or undefined. */
export function findSubAttribute(definition: AttributeDefinition, name: string): AttributeDefinition | undefined {
  const wanted = name.toLowerCase();
  return definition.subAttributes.find((sub) => sub.name.toLowerCase() === wanted);
}
