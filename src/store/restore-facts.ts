import { assertNever } from '../kernel/assert.js';
import { notEmpty } from './restore-checks.js';
import type { SideFact, SideStore } from './side-store.js';

/** How many facts are on their way to the store at once. */
const factsAtOnce = 250;

/**
 * A store that was only ever started has the credential of its administrator, and keeps it.
 * @throws GraphError INVALID where the store holds facts, or credentials and some are to come
 */
export async function checkNoFacts(side: SideStore, coming: readonly SideFact[]): Promise<void> {
  const withCredentials = coming.some(({ kind }) => kind === 'credential');
  for await (const held of side.facts({ withCredentials })) if (held.length > 0) throw notEmpty();
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
