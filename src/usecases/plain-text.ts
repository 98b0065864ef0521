import { checkText } from '../graph/text.js';
import { GraphError } from '../kernel/errors.js';

/** How long a name or a reason may be, in UTF-16 units. */
const maxLength = 500;

/** The text without blanks around it. @throws GraphError INVALID where it is empty, too long, or no text that a store takes */
export function parsePlainText(text: string, argument: string): string {
  const plain = text.trim();
  if (plain === '' || plain.length > maxLength)
    throw new GraphError(
      'INVALID',
      `\`${argument}\` is empty or over ${maxLength} characters; write 1 to ${maxLength}`,
      {
        argument,
        issues: [
          {
            pointer: `/${argument}`,
            code: 'length',
            message: 'is empty or too long',
            hint: `1 to ${maxLength} characters`,
          },
        ],
      },
    );
  checkText(plain, argument);
  return plain;
}
