import type { Issue } from '../../kernel/errors.js';
import type { RowBook } from './row-book.js';

/** Members of bindings, as accounts and groups of the snapshot. */
export interface GcpMembers {
  /** Writes the account or group, and says its externalId; absent: there is nobody any more. `pointer`: where it stands. */
  write(member: string, pointer: string): string | undefined;
  /** After the last binding: who belongs to the groups that a name describes. */
  finish(): void;
}

/**
 * Members as "Principal identifiers" of Google Cloud's IAM reference lists them. The externalId is the identifier itself.
 */
export function createGcpMembers(rows: RowBook, notes: Issue[], isDisabled: (email: string) => boolean): GcpMembers {
  /** Accounts with their addresses. */
  const emails = new Map<string, string>();
  const domains = new Set<string>();
  const publics = new Set<string>();

  function outside(member: string, pointer: string, displayName: string): string {
    rows.add({ kind: 'group', externalId: member, displayName });
    notes.push({
      pointer,
      code: 'OUTSIDE',
      message: `\`${member}\` stands as a group; who belongs to it besides those in the files is not known`,
      hint: 'import its members with a snapshot of a source, or take the binding away',
    });
    return member;
  }
  function account(member: string, email: string, type: 'HUMAN' | 'SERVICE_ACCOUNT' | 'WORKLOAD'): string {
    emails.set(member, email);
    const active = type === 'HUMAN' || !isDisabled(email);
    const addresses = type === 'HUMAN' ? { emails: [email] } : {};
    rows.add({ kind: 'account', externalId: member, userName: member, displayName: email, type, active, ...addresses });
    return member;
  }

  return {
    write(member, pointer) {
      const at = member.indexOf(':');
      const kind = at < 0 ? member : member.slice(0, at);
      const name = member.slice(at + 1);
      switch (kind) {
        case 'user':
          return account(member, name, 'HUMAN');
        case 'serviceAccount':
          return account(member, name, name.endsWith(']') ? 'WORKLOAD' : 'SERVICE_ACCOUNT');
        case 'principal':
          return account(member, name, 'WORKLOAD');
        case 'group':
          rows.add({ kind: 'group', externalId: member, displayName: name });
          return member;
        case 'domain':
          domains.add(name);
          return outside(member, pointer, `Everyone of ${name}`);
        case 'allUsers':
        case 'allAuthenticatedUsers':
          publics.add(member);
          return outside(
            member,
            pointer,
            kind === 'allUsers' ? 'Anyone on the internet' : 'Anyone with a Google account',
          );
        case 'deleted':
          notes.push({
            pointer,
            code: 'DELETED',
            message: `\`${member}\` is deleted, and has nothing`,
            hint: 'remove it from the binding',
          });
          return undefined;
        default:
          return outside(member, pointer, member);
      }
    },
    finish() {
      for (const [externalId, email] of emails) {
        const domain = email.slice(email.indexOf('@') + 1);
        const groups = [
          ...publics,
          ...(externalId.startsWith('user:') && domains.has(domain) ? [`domain:${domain}`] : []),
        ];
        for (const group of groups) rows.add({ kind: 'membership', group, member: { externalId } });
      }
    },
  };
}
