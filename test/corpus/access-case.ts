import type { Instant } from '../../src/kernel/clock.js';

/** A small estate, what is asked of it, and what `docs/model.md` answers. */
export interface AccessCase {
  /** A sentence. */
  readonly name: string;
  /** One commit each, in the words of `test/estate/estate-text.ts`. */
  readonly estate: string | readonly string[];
  /** Questions of `ask.ts` with their answers; asked at the head and at `caseInstant` unless they say otherwise. */
  readonly asks: { readonly [question: string]: string | readonly string[] };
}

/** Later than every commit of an estate, so that windows can lie on both sides of it. */
export const caseInstant: Instant = 50;
