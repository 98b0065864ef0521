/**
 * Text with wildcards: `*` is any run of characters (also none), `?` is exactly one (a UTF-16 unit). There is no escape.
 * Held as the pieces between the stars, so that a match is a walk from left to right: no backtracking, at most
 * |pattern| × |text| comparisons.
 */
export type Glob = readonly [string, ...string[]];

export function parseGlob(pattern: string): Glob {
  // `**` says what `*` says, and costs a piece.
  return pattern.replace(/\*+/g, '*').split('*') as [string, ...string[]];
}

export const isWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

export function matchesGlob(glob: Glob, text: string): boolean {
  const [head] = glob;
  if (glob.length === 1) return text.length === head.length && fitsAt(head, text, 0);
  const from = endOfMiddles(glob, text);
  const tail = glob[glob.length - 1] as string;
  return from !== undefined && text.length - tail.length >= from && fitsAt(tail, text, text.length - tail.length);
}

/**
 * Where the last star may begin: behind the head and the leftmost place of each piece between two stars. Absent: they
 * are not in the text. Whatever follows needs only the tail at its end.
 */
export function endOfMiddles(glob: Glob, text: string): number | undefined {
  const [head] = glob;
  if (!fitsAt(head, text, 0)) return undefined;
  let at = head.length;
  for (const piece of glob.slice(1, -1)) {
    while (at + piece.length <= text.length && !fitsAt(piece, text, at)) at++;
    if (at + piece.length > text.length) return undefined;
    at += piece.length;
  }
  return at;
}

/** Whether the piece, which has no star, stands in the text from that place on. */
export function fitsAt(piece: string, text: string, at: number): boolean {
  if (at + piece.length > text.length) return false;
  for (let i = 0; i < piece.length; i++) {
    if (piece[i] !== '?' && piece[i] !== text[at + i]) return false;
  }
  return true;
}
