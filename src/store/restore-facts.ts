import { assertNever } from '../kernel/assert.js';
import { hasCredentials, notEmpty } from './restore-checks.js';
import type { SideFact, SideStore } from './side-store.js';

/** How many facts are on their way to the store at once. */
const factsAtOnce = 250;

/** @throws GraphError INVALID where the store holds facts, other than credentials */
export async function checkNoFacts(side: SideStore): Promise<void> {
  for await (const held of side.facts({ withCredentials: false })) if (held.length > 0) throw notEmpty();
}

/**
 * A store that was only ever started has the credential of its administrator, and keeps it.
 * @throws GraphError INVALID where the store holds credentials and some are to come
 */
export async function checkNoOtherCredentials(side: SideStore, coming: readonly SideFact[]): Promise<void> {
  if (!coming.some(({ kind }) => kind === 'credential')) return;
  if ((await side.listCredentials()).length > 0) throw hasCredentials();
}

export async function restoreFacts(side: SideStore, facts: readonly SideFact[]): Promise<void> {
  for (let first = 0; first < facts.length; first += factsAtOnce)
    await Promise.all(facts.slice(first, first + factsAtOnce).map((fact) => restoreFact(side, fact)));
}

function restoreFact(side: SideStore, fact: SideFact): Promise<void> {
  switch (fact.kind) {
    case 'credential':
      return side.putCredential(fact.credential);
    case 'usage':
      return side.recordUsage([fact.usage]);
    case 'authentication':
      return side.recordAuthentication([{ identity: fact.identity, at: fact.at }]);
    case 'health':
      return side.addHealth(fact.source, fact.day, { [fact.counter]: fact.count });
    case 'lastWrite':
      return side.addHealth(fact.source, fact.at, {}, fact.at);
    case 'finding':
      return side.putFindings([fact.finding]);
    case 'sample':
      return side.putSample(fact.series, fact.at, fact.values);
    default:
      return assertNever(fact);
  }
}
