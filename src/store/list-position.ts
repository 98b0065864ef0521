import { GraphError } from '../kernel/errors.js';

/** Where a list goes on: the last node's place in the order, `null` where it has no value of the field. */
export interface Position {
  readonly place: string | number | null;
  readonly id: string;
}

export function toCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.place, position.id])).toString('base64url');
}

/** @throws GraphError INVALID for text that `toCursor` did not give */
export function fromCursor(text: string): Position {
  try {
    const [place, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [Position['place'], string];
    if (typeof id === 'string' && (place === null || ['string', 'number'].includes(typeof place))) return { place, id };
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof TypeError)) throw cause;
  }
  throw new GraphError('INVALID', 'the position to go on after is none that a page gave', { argument: 'after' });
}
