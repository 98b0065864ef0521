import type { GraphChange } from '../../src/graph/change.js';
import { edgeIdOf } from '../../src/graph/edge.js';
import type { GraphNode } from '../../src/graph/node.js';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import { parseCondition } from './condition-text.js';
import { type EdgeWords, edgeOf } from './estate-edges.js';
import { defaultTenant, homeSourceOf, idOfName, kindOfName, parentOfResource } from './estate-names.js';
import { type NodeWords, nodeOf } from './estate-nodes.js';

/**
 * Estates as pictures in words, one chain a line:
 *
 *     svc:ci in group:build in group:eng has role:deployer@/prod grants perm:deploy
 *
 * A line begins with a name and goes on with words. A word of an edge (`in`, `has`, `inherits`, `grants`, `denies`,
 * `can-act-as`, `cannot-act-as`, `owns`) leads from the name where the chain stands to the next, where the chain then
 * stands (`grants` and `denies` stay at the role). A word of a node (`of`, `disabled`, `is`, …) tells something of the
 * name where the chain stands, a word of the last edge (`eligible`, `from`, `until`, `if`, `on`, …) of that edge.
 * What is named exists: an identity has an account at its tenant's home source and at each source of its tenant where it
 * is in a group.
 * `no` before a chain takes its edges back; `gone NAME` removes a node.
 */
export interface Estate {
  /** All that the text says together with what was read before, as changes: nodes first, then edges. */
  read(text: string): readonly GraphChange[];
}

export function estateChanges(text: string): readonly GraphChange[] {
  return createEstate().read(text);
}

interface Draft {
  readonly nodes: Map<string, NodeWords>;
  readonly edges: EdgeWords[];
  readonly gone: Set<string>;
}

export function createEstate(): Estate {
  const draft: Draft = { nodes: new Map(), edges: [], gone: new Set() };
  return {
    read(text) {
      const removals: GraphChange[] = [];
      for (const line of text.split('\n').map((raw) => raw.trim())) {
        if (line === '') continue;
        if (line.startsWith('gone ')) removals.push(...removeNode(draft, line.slice('gone '.length)));
        else if (line.startsWith('no ')) removals.push(...removeEdges(draft, line.slice('no '.length)));
        else draft.edges.push(...readLine(draft, line));
      }
      return [...removals, ...changesOf(draft)];
    },
  };
}

const EDGE_WORDS: { readonly [word: string]: Pick<EdgeWords, 'kind'> & Partial<EdgeWords> } = {
  in: { kind: 'MEMBER_OF' },
  has: { kind: 'ASSIGNED' },
  inherits: { kind: 'INHERITS' },
  grants: { kind: 'GRANTS', effect: 'ALLOW' },
  denies: { kind: 'GRANTS', effect: 'DENY' },
  'can-act-as': { kind: 'CAN_ACT_AS', effect: 'ALLOW', mode: 'IMPERSONATE' },
  'cannot-act-as': { kind: 'CAN_ACT_AS', effect: 'DENY', mode: 'IMPERSONATE' },
  owns: { kind: 'OWNS' },
};
/** Words that tell something of the last edge, with what follows them. */
const EDGE_DETAILS: { readonly [word: string]: (edge: EdgeWords, next: () => string) => void } = {
  eligible: (edge) => Object.assign(edge, { state: 'ELIGIBLE' }),
  from: (edge, next) => Object.assign(edge, { validFrom: Number(next()) }),
  until: (edge, next) => Object.assign(edge, { validUntil: Number(next()) }),
  if: (edge, next) => Object.assign(edge, { condition: parseCondition(next()) }),
  on: (edge, next) => Object.assign(edge, { resources: { match: 'INSIDE', patterns: next().split(',') } }),
  'not-on': (edge, next) => Object.assign(edge, { resources: { match: 'OUTSIDE', patterns: next().split(',') } }),
  at: (edge, next) => Object.assign(edge, { at: next() }),
  within: (edge, next) => Object.assign(edge, { within: next() }),
  'on-behalf': (edge) => Object.assign(edge, { mode: 'ON_BEHALF_OF' }),
  as: (edge, next) => Object.assign(edge, { statement: next() }),
};
/** Words that tell something of the node where the chain stands. */
const NODE_DETAILS: { readonly [word: string]: (node: NodeWords, next: () => string) => void } = {
  of: (node, next) => node.of.push(next()),
  disabled: (node) => Object.assign(node, { disabled: true }),
  enabled: (node) => Object.assign(node, { disabled: false }),
  is: (node, next) => Object.assign(node, { state: next() }),
  expires: (node, next) => Object.assign(node, { expiresAt: Number(next()) }),
  flat: (node) => Object.assign(node, { flat: true }),
  nesting: (node) => Object.assign(node, { flat: false }),
  'direct-members-only': (node) => Object.assign(node, { directMembersOnly: true }),
  'any-members': (node) => Object.assign(node, { directMembersOnly: false }),
  tier: (node, next) => Object.assign(node, { tier: Number(next()) }),
  data: (node) => Object.assign(node, { plane: 'DATA' }),
};

function readLine(draft: Draft, line: string): EdgeWords[] {
  const words = line.split(/\s+/);
  const next = () => {
    const word = words.shift();
    if (word === undefined) throw new Error(`the line \`${line}\` ends too early`);
    return word;
  };
  const edges: EdgeWords[] = [];
  let place = mention(draft, next());
  while (words.length > 0) {
    const word = next();
    const begun = EDGE_WORDS[word];
    if (begun) {
      const [to, scope] = next().split('@');
      const edge: EdgeWords = {
        ...begun,
        from: place.name,
        to: mention(draft, to ?? '').name,
        statement: begun.effect === 'DENY' ? 'denied' : 'stated',
      };
      if (begun.kind === 'ASSIGNED') edge.scope = mention(draft, scope ?? '/').name;
      edges.push(edge);
      if (begun.kind !== 'GRANTS') place = mention(draft, edge.to);
    } else if (EDGE_DETAILS[word]) {
      EDGE_DETAILS[word](edges.at(-1) ?? fail(line, word), next);
      for (const resource of [edges.at(-1)?.at, edges.at(-1)?.within]) if (resource) mention(draft, resource);
    } else if (NODE_DETAILS[word]) NODE_DETAILS[word](place, next);
    else fail(line, word);
  }
  return edges;
}

function fail(line: string, word: string): never {
  throw new Error(`the line \`${line}\` does not go on with \`${word}\``);
}

function mention(draft: Draft, name: string): NodeWords {
  const known = draft.nodes.get(name);
  if (known) return known;
  const node: NodeWords = { name, kind: kindOfName(name), of: [] };
  draft.nodes.set(name, node);
  draft.gone.delete(name);
  if (node.kind === 'Account') mention(draft, name.slice(0, name.indexOf('.')));
  const parent = node.kind === 'Resource' ? parentOfResource(name) : undefined;
  if (parent) {
    mention(draft, parent);
    draft.edges.push({ kind: 'CONTAINS', from: parent, to: name, statement: 'stated' });
  }
  return node;
}

/** Completes what the names imply, then tells it in the order in which it can be put. */
function changesOf(draft: Draft): readonly GraphChange[] {
  const lookUp = (name: string) => mention(draft, name);
  for (const edge of draft.edges) if (edge.kind === 'MEMBER_OF') edge.from = memberOf(edge, lookUp);
  for (const name of [...draft.nodes.keys()].filter((each) => kindOfName(each) === 'Identity')) {
    const home = homeSourceOf(lookUp(name).of.at(-1) ?? defaultTenant);
    const account = `${name}.${home.slice('source:'.length)}`;
    if (!draft.gone.has(account)) lookUp(account);
  }
  const nodes = new Map<string, GraphNode>();
  // A node may bring others (a group its source, a source its tenant): the map grows while it is walked.
  for (const name of draft.nodes.keys()) nodes.set(name, nodeOf(lookUp(name), lookUp));
  const inOrder = [...nodes.values()].sort((a, b) => NODE_KINDS.indexOf(a.kind) - NODE_KINDS.indexOf(b.kind));
  return [
    ...inOrder.map((node): GraphChange => ({ kind: 'putNode', node })),
    ...draft.edges.map((words): GraphChange => ({ kind: 'putEdge', edge: edgeOf(words, lookUp) })),
  ];
}

/** An identity is a member through its account at the group's source, of another tenant's group through that at home. */
function memberOf(edge: EdgeWords, lookUp: (name: string) => NodeWords): string {
  if (kindOfName(edge.from) !== 'Identity') return edge.from;
  const tenant = lookUp(edge.from).of.at(-1) ?? defaultTenant;
  const group = nodeOf(lookUp(edge.to), lookUp);
  const isOwn = group.kind === 'Group' && group.source && group.tenant === tenant;
  const source = isOwn ? group.source : homeSourceOf(tenant);
  return lookUp(`${edge.from}.${source.slice('source:'.length)}`).name;
}

function removeNode(draft: Draft, name: string): readonly GraphChange[] {
  draft.nodes.delete(name);
  draft.gone.add(name);
  const kept = draft.edges.filter((edge) => ![edge.from, edge.to, edge.scope, edge.at, edge.within].includes(name));
  draft.edges.splice(0, draft.edges.length, ...kept);
  return [{ kind: 'closeNode', id: idOfName(name) }];
}

function removeEdges(draft: Draft, line: string): readonly GraphChange[] {
  const lookUp = (name: string) => mention(draft, name);
  const ids = readLine(draft, line).map((words) => {
    const from = words.kind === 'MEMBER_OF' ? memberOf(words, lookUp) : words.from;
    return edgeIdOf(edgeOf({ ...words, from }, lookUp));
  });
  const kept = draft.edges.filter((words) => !ids.includes(edgeIdOf(edgeOf(words, lookUp))));
  draft.edges.splice(0, draft.edges.length, ...kept);
  return ids.map((id): GraphChange => ({ kind: 'closeEdge', id }));
}
