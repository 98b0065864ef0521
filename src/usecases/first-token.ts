import { setTimeout } from 'node:timers/promises';
import { isGraphError } from '../kernel/errors.js';
import type { SideStore } from '../store/side-store.js';
import { createAdministratorToken } from './create-token.js';
import type { TokenDependencies } from './source-token.js';

interface FirstTokenDependencies extends Pick<TokenDependencies, 'clock'> {
  readonly side: SideStore;
}

/** How long a store may take to answer, and how long it is left alone when it does not, in milliseconds. */
const [patienceMs, pauseMs] = [4_000, 1_000];

/**
 * The administrator's token. Given: always that one. Else one is made at the first start of a store and never again;
 * absent then. Where the store is away the inner promise waits for it, until `closing` aborts; else it has settled.
 * Rejects as the store does where that is not away.
 */
export async function makeFirstToken(
  dependencies: FirstTokenDependencies,
  given: string | undefined,
  closing: AbortSignal,
): Promise<{ readonly token: Promise<string | undefined> }> {
  const made = await tryOnce(dependencies, given);
  return { token: made === 'away' ? keepTrying(dependencies, given, closing) : Promise.resolve(made.token) };
}

async function tryOnce({ side, clock }: FirstTokenDependencies, given: string | undefined) {
  const store = side.until(AbortSignal.timeout(patienceMs));
  try {
    if (given === undefined && (await store.listCredentials()).length > 0) return { token: undefined };
    return { token: (await createAdministratorToken({ side: store, clock }, given)).token };
  } catch (error) {
    if (isGraphError(error, 'UNAVAILABLE') || isGraphError(error, 'DEADLINE')) return 'away';
    throw error;
  }
}

async function keepTrying(
  dependencies: FirstTokenDependencies,
  given: string | undefined,
  closing: AbortSignal,
): Promise<string | undefined> {
  while (!closing.aborted) {
    await setTimeout(pauseMs, undefined, { ref: false });
    const made = closing.aborted ? 'away' : await tryOnce(dependencies, given);
    if (made !== 'away') return made.token;
  }
  return undefined;
}
