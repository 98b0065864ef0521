import { fold } from '../graph/text.js';
import type { Issue } from '../kernel/errors.js';
import type { SnapshotLineOf, SnapshotRow } from './snapshot-schema.js';

/** Names that may be there once, and names of what must be there. */
export function createNameBook() {
  const principals = new Map<string, 'account' | 'group'>();
  const userNames = new Set<string>();
  const paths = new Set<string>();

  function taken(pointer: string, value: string): Issue {
    return fault(pointer, 'DUPLICATE', `\`${value}\` is there already`, 'keep one of them');
  }
  function claim(row: SnapshotLineOf<'account' | 'group'>): readonly Issue[] {
    if (principals.has(row.externalId)) return [taken('/externalId', row.externalId)];
    principals.set(row.externalId, row.kind);
    return [];
  }
  function needs(kind: 'account' | 'group', pointer: string, externalId: string): readonly Issue[] {
    if (principals.get(externalId) === kind) return [];
    return [fault(pointer, 'UNKNOWN', `\`${externalId}\` is no ${kind} of this snapshot`, `list the ${kind} above`)];
  }

  return {
    check(row: SnapshotRow): readonly Issue[] {
      switch (row.kind) {
        case 'resource':
          if (paths.has(row.path)) return [taken('/path', row.path)];
          paths.add(row.path);
          return row.path === '/' ? [fault('/path', 'RULE', 'the root is made by installing', 'leave it out')] : [];
        case 'account': {
          const userName = fold(row.userName);
          const issues = userNames.has(userName) ? [taken('/userName', row.userName)] : [];
          userNames.add(userName);
          return [...claim(row), ...issues];
        }
        case 'group':
          return claim(row);
        case 'membership':
          return needs('group', '/group', row.group);
        case 'actAs':
          return needs('account', '/to', row.to);
        default:
          return [];
      }
    },
  };
}

/** One fault, in the order in which it reads. */
export function fault(pointer: string, code: string, message: string, hint: string): Issue {
  return { pointer, code, message, hint };
}
