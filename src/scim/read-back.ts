import { sameValue } from '../graph/same-value.js';
import { type Attributes, type AttributeValue, assign, createAttributes, isComplex } from './attribute-value.js';

/**
 * What a client says that sends back what it has read. Answers show more than is stored (`$ref`, names of what is
 * referred to): where `sent` says what was `shown`, that is what is `stored`; where it says something else, that.
 */
export function fromReadBack(
  sent: Attributes,
  { stored, shown }: { readonly stored: Attributes; readonly shown: Attributes },
): Attributes {
  const said = createAttributes();
  for (const [name, value] of Object.entries(sent)) assign(said, name, saidOf(value, stored[name], shown[name]));
  return said;
}

function saidOf(
  sent: AttributeValue,
  stored: AttributeValue | undefined,
  shown: AttributeValue | undefined,
): AttributeValue | undefined {
  if (sameValue(sent, shown)) return stored;
  return isComplex(sent) && isComplex(stored) && isComplex(shown) ? fromReadBack(sent, { stored, shown }) : sent;
}
