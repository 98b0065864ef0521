import type { AccessEngine } from '../access/access-engine.js';
import { type Finding, toFindings } from '../governance/finding.js';
import type { PrivilegedRow } from '../governance/rule.js';
import { RULES } from '../governance/rule-catalogue.js';
import type { EdgeId, NodeId, Revision } from '../graph/ids.js';
import type { IdentityNode } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { maxPageSize } from '../store/graph-store.js';
import { type CollectedFacts, createFactsCollector, type FactsDependencies } from './estate-facts.js';

export interface ExamineDependencies extends FactsDependencies {
  readonly engine: FactsDependencies['engine'] & Pick<AccessEngine, 'bringingEdges'>;
}
export interface Examined extends Omit<CollectedFacts, 'facts'> {
  /** As if all were found for the first time. */
  readonly findings: readonly Finding[];
}
/** Rejects as `CollectFacts`. */
export type ExamineIdentity = (identity: IdentityNode) => Promise<Examined>;

/** What all rules find about one identity after the other. Without `revision`: of each at the newest. */
export function createExaminer(
  dependencies: ExamineDependencies,
  pair: { readonly revision?: Revision; readonly at: Instant },
): ExamineIdentity {
  const collect = createFactsCollector(dependencies, pair);
  return async (identity) => {
    const { facts, ...known } = await collect(identity);
    const hits = RULES.flatMap((rule) => rule.evaluate(facts).map((hit) => ({ rule, hit })));
    const divided = hits.flatMap(({ rule, hit }) => (rule.byBringingEdge ? hit.rows : []));
    const bringing = await findBringing(divided);
    return {
      ...known,
      findings: hits.flatMap(({ rule, hit }) => toFindings(rule, hit, (row) => bringing.get(row), pair.at)),
    };

    async function findBringing(rows: readonly PrivilegedRow[]): Promise<ReadonlyMap<PrivilegedRow, EdgeId>> {
      const found = new Map<PrivilegedRow, EdgeId>();
      for (let from = 0; from < rows.length; from += maxPageSize) {
        const part = rows.slice(from, from + maxPageSize);
        const { edges } = await askBringing(identity.id, part);
        for (const [place, row] of part.entries()) if (edges[place] !== undefined) found.set(row, edges[place]);
      }
      return found;
    }
  };

  function askBringing(identity: NodeId, rows: readonly PrivilegedRow[]) {
    return dependencies.engine.bringingEdges({ identity, rows: rows.map(({ row }) => row), ...pair });
  }
}
