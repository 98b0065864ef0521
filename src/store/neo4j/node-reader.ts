import { isIdSyntax } from '../../graph/ids.js';
import type { NodeKind, NodeOf, NodeVersion } from '../../graph/node.js';
import { NODE_KINDS } from '../../graph/node-kind.js';
import { checkText } from '../../graph/text.js';
import { type GraphStore, maxPageSize, type NodeQuery, type ReadScope } from '../graph-store.js';
import { type Position, toCursor } from '../list-position.js';
import { checkIdCount, tooManyHolders } from '../read-checks.js';
import { seesNode } from '../read-scope.js';
import type { Connection, Row } from './driver.js';
import { countQuery, findQuery, listQuery, probeQuery, type Query } from './list-statements.js';
import { closedVersionsOfNode } from './read-statements.js';
import { docOf } from './view-loader.js';
import { nodesById } from './view-statements.js';
import { type Lead, leadsOf } from './where-statements.js';

export type NodeReader = Pick<GraphStore, 'nodesByIds' | 'find' | 'list' | 'count' | 'history'>;

/** A part of a filter that finds no more than this is what a list begins with. */
const fewNodes = 2_000;

/** What `GraphStore` says of nodes. */
export function createNodeReader(connection: Connection): NodeReader {
  const run = ({ statement, parameters }: Query) => connection.read(statement, parameters);

  /** The part of the filter that finds the fewest, if those are few; how many, a look at the index says. */
  async function leadOf(
    scope: ReadScope,
    { kind, where }: Pick<NodeQuery, 'where' | 'kind'>,
  ): Promise<Lead | undefined> {
    const limit = fewNodes + 1;
    const leads = leadsOf(where);
    const counts = await Promise.all(
      leads.map(async (lead) => (await run(probeQuery(scope, { kind, lead, limit })))[0]!.found as number),
    );
    const least = Math.min(...counts);
    return least <= fewNodes ? leads[counts.indexOf(least)] : undefined;
  }

  return {
    async nodesByIds(scope, ids) {
      checkIdCount(ids.length);
      const slots: (NodeVersion | undefined)[] = ids.map(() => undefined);
      for (const row of await connection.read(nodesById, { ids })) {
        const version = docOf<NodeVersion>(row);
        if (seesNode(scope, version.node)) slots[row.index as number] = version;
      }
      return slots;
    },

    async find(scope, { kind, field, scope: space, value }) {
      for (const text of [field, space, value]) checkText(text, field);
      const rows = await run(findQuery(scope, { kind, field, value, space }, maxPageSize + 1));
      if (rows.length > maxPageSize) throw tooManyHolders();
      return rows.map(docOf<NodeVersion>);
    },

    async list<Kind extends NodeKind>(scope: ReadScope, query: NodeQuery<Kind>) {
      const rows = await run(listQuery(scope, query, await leadOf(scope, query)));
      // Rows are of the kind asked for: that is the statement's first condition.
      const items = rows.slice(0, query.limit).map(docOf<NodeVersion<NodeOf<Kind>>>);
      return rows.length <= query.limit ? { items } : { items, next: toCursor(positionOf(rows[query.limit - 1]!)) };
    },

    async count(scope, query) {
      const [row] = await run(countQuery(scope, query, await leadOf(scope, query)));
      return row!.count as number;
    },

    async history(scope, node) {
      if (!isIdSyntax(node)) return [];
      // What is closed between the two reads is in both: the other order would miss it.
      const open = await connection.read(nodesById, { ids: [node] });
      const closed = await connection.read(closedVersionsOfNode, { kinds: NODE_KINDS, id: node });
      const ended = closed.map((row): NodeVersion => ({ ...docOf<NodeVersion>(row), until: row.until as number }));
      const known = new Set(ended.map(({ stamps }) => stamps.since));
      return [...ended, ...open.map(docOf<NodeVersion>).filter(({ stamps }) => !known.has(stamps.since))]
        .filter((version) => seesNode(scope, version.node))
        .sort((a, b) => a.stamps.since - b.stamps.since);
    },
  };
}

function positionOf(row: Row): Position {
  return { place: row.place as Position['place'], id: docOf<NodeVersion>(row).node.id };
}
