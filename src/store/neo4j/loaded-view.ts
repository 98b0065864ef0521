import type { EdgeKind, EdgeVersion } from '../../graph/edge.js';
import type { GraphView } from '../../graph/graph-view.js';
import type { EdgeId, NodeId } from '../../graph/ids.js';
import { type FieldKey, keyText } from '../../graph/indexed-fields.js';
import type { NodeVersion } from '../../graph/node.js';

/** The edges with that end at the node, of that kind or all. */
export interface EdgePlace {
  readonly node: NodeId;
  readonly end: 'from' | 'to';
  readonly kind: EdgeKind | undefined;
}

/** Reads of the open graph, each at most once. */
export interface Reads {
  readonly nodes: readonly NodeId[];
  readonly edges: readonly EdgeId[];
  readonly places: readonly EdgePlace[];
  readonly scopes: readonly NodeId[];
  readonly keys: readonly FieldKey[];
}

/** What was read, one slot a read; lists by id. */
export interface Found {
  readonly nodes: readonly (NodeVersion | undefined)[];
  readonly edges: readonly (EdgeVersion | undefined)[];
  readonly places: readonly (readonly EdgeVersion[])[];
  readonly scopes: readonly (readonly EdgeVersion[])[];
  readonly keys: readonly (readonly NodeId[])[];
}

/**
 * A view of a graph that is elsewhere, for `settle`, which cannot wait. It answers from what was loaded; to anything
 * else it answers that nothing is there and takes note. Whoever used it asks then for what was missing, loads that, and
 * begins again: an answer counts only where nothing was missing.
 */
export interface LoadedView extends GraphView {
  /** What was asked and not known since the last call; `undefined`: nothing. */
  takeMissing(): Reads | undefined;
  add(reads: Reads, found: Found): void;
}

export function createLoadedView(): LoadedView {
  const nodes = createMemory<NodeId, NodeVersion | undefined>((id) => id, undefined);
  const edges = createMemory<EdgeId, EdgeVersion | undefined>((id) => id, undefined);
  const places = createMemory<EdgePlace, readonly EdgeVersion[]>(
    ({ node, end, kind }) => `${end} ${kind ?? ''} ${node}`,
    [],
  );
  const scopes = createMemory<NodeId, readonly EdgeVersion[]>((id) => id, []);
  const keys = createMemory<FieldKey, readonly NodeId[]>(keyText, []);

  return {
    node: nodes.get,
    edge: edges.get,
    edgesOf: (node, end, kind) => places.get({ node, end, kind }),
    edgesScopedTo: scopes.get,
    holders: keys.get,
    takeMissing() {
      const reads: Reads = {
        nodes: nodes.takeMissing(),
        edges: edges.takeMissing(),
        places: places.takeMissing(),
        scopes: scopes.takeMissing(),
        keys: keys.takeMissing(),
      };
      return Object.values(reads).some((missing) => missing.length > 0) ? reads : undefined;
    },
    add(reads, found) {
      nodes.add(reads.nodes, found.nodes);
      edges.add(reads.edges, found.edges);
      places.add(reads.places, found.places);
      scopes.add(reads.scopes, found.scopes);
      keys.add(reads.keys, found.keys);
      for (const version of [...found.places, ...found.scopes].flat()) edges.add([version.id], [version]);
    },
  };
}

function createMemory<Key, Value>(textOf: (key: Key) => string, absent: Value) {
  const known = new Map<string, Value>();
  const missing = new Map<string, Key>();
  return {
    get(key: Key): Value {
      const text = textOf(key);
      if (known.has(text)) return known.get(text) as Value;
      missing.set(text, key);
      return absent;
    },
    add(keys: readonly Key[], values: readonly Value[]): void {
      for (const [index, key] of keys.entries()) known.set(textOf(key), values[index] as Value);
    },
    takeMissing(): readonly Key[] {
      const taken = [...missing.values()];
      missing.clear();
      return taken;
    },
  };
}
