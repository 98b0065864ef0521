import type { Condition, ResourcePattern } from '../../src/graph/condition.js';
import type { AssumeMode, Edge, EdgeKind, Effect, StatedBy } from '../../src/graph/edge.js';
import { asStatementSource } from '../../src/graph/ids.js';
import { idOfName, kindOfName } from './estate-names.js';
import { type LookUp, nodeOf } from './estate-nodes.js';

/** What the words of an estate tell of one edge. */
export interface EdgeWords {
  readonly kind: EdgeKind;
  from: string;
  readonly to: string;
  statement: string;
  scope?: string;
  state?: 'ELIGIBLE';
  validFrom?: number;
  validUntil?: number;
  condition?: Condition;
  effect?: Effect;
  resources?: ResourcePattern;
  mode?: AssumeMode;
  at?: string;
  within?: string;
}

export function edgeOf(words: EdgeWords, lookUp: LookUp): Edge {
  const { kind, from, to, scope, at, within, effect = 'ALLOW', mode = 'IMPERSONATE', ...carried } = words;
  const stated: StatedBy = kind === 'GRANTS' || kind === 'INHERITS' || kind === 'CONTAINS' ? 'CATALOGUE' : 'SCIM';
  const base = {
    ...carried,
    from: idOfName(from),
    to: idOfName(to),
    source: asStatementSource(sourceOf(words, lookUp)),
    statedBy: stated,
  };
  switch (kind) {
    case 'ASSIGNED':
      return { kind, ...base, scope: idOfName(scope ?? '/') };
    case 'GRANTS':
      return { kind, ...base, effect };
    case 'CAN_ACT_AS':
      return {
        kind,
        ...base,
        effect,
        mode,
        ...(at ? { at: idOfName(at) } : {}),
        ...(within ? { within: idOfName(within) } : {}),
      };
    case 'OWNS':
      return { kind, ...base, ownership: 'PRIMARY' };
    case 'HAS_ACCOUNT':
      return { kind, ...base, rule: 'link' };
    default:
      return { kind, ...base };
  }
}

/** A membership is stated by the group's source, the rest by the first source of the estate. */
function sourceOf({ kind, to }: EdgeWords, lookUp: LookUp): string {
  const group = kind === 'MEMBER_OF' && kindOfName(to) === 'Group' ? nodeOf(lookUp(to), lookUp) : undefined;
  return group?.kind === 'Group' && group.source ? group.source : 'source:idp';
}
