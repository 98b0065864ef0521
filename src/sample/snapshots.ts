import type {
  ApplicationGroup,
  ApplicationSource,
  Company,
  SampleActAs,
  SampleAssignment,
  SamplePrincipal,
} from './company-draft.js';

export type SnapshotSource = ApplicationSource;
export const snapshotSources = ['nordwind/crm', 'nordwind/cloud', 'labs/billing'] as const satisfies SnapshotSource[];

/** What a snapshot is made with beside the company. */
export interface SnapshotFrame {
  /** RFC 3339. */
  readonly takenAt: string;
  /** The id of the tenant's group of everyone. */
  readonly everyone: string;
}

/**
 * What an application really holds, as the JSON lines of `docs/formats/snapshot.md`. Accounts of the cloud bear the userNames
 * of the identity provider, so that correlation joins them; billing belongs to another tenant and names its principals by ref.
 */
export function snapshotLines(
  company: Company,
  source: SnapshotSource,
  { takenAt, everyone }: SnapshotFrame,
): readonly object[] {
  const of = <Fact extends { readonly source: string }>(facts: readonly Fact[]) =>
    facts.filter((one) => one.source === source);
  const nameOf = (principal: SamplePrincipal) => principalName(company, { source, everyone }, principal);
  const rows = [
    ...accountRows(company, source),
    ...of(company.applicationGroups).map(({ externalId, displayName }) => ({ kind: 'group', externalId, displayName })),
    ...of(company.applicationGroups).flatMap(membershipRows),
    ...of(company.assignments).map((one) => assignmentRow(one, nameOf)),
    ...of(company.actAs).map((one) => actAsRow(one, nameOf)),
  ];
  const counts = Object.fromEntries(
    ['account', 'group', 'membership', 'assignment', 'actAs'].map((kind) => [
      kind,
      rows.filter((row) => row.kind === kind).length,
    ]),
  );
  return [
    { kind: 'header', format: 'idgraph/snapshot/v1', id: `${source} ${takenAt}`, takenAt },
    ...rows,
    { kind: 'trailer', counts },
  ];
}

/** One line of the format; the service checks it. */
type SnapshotRow = { readonly kind: string } & Readonly<Record<string, unknown>>;
type NameOf = (principal: SamplePrincipal) => object;

function accountRows(company: Company, source: SnapshotSource): SnapshotRow[] {
  if (source === 'labs/billing') return labsAccounts();
  if (source === 'nordwind/crm')
    return company.applicationAccounts.map(({ source: _, owners, ...account }) => ({
      kind: 'account',
      type: 'SERVICE_ACCOUNT',
      ...account,
      owners: owners.map((name) => ({ principal: { source: 'entra', externalId: externalIdOf(company, name) } })),
    }));
  return [...new Set(company.actAs.map((one) => one.target))].map((name) => ({
    kind: 'account',
    externalId: `cloud-${name}`,
    userName: name,
    type: 'SERVICE_ACCOUNT',
    environments: ['PROD'],
  }));
}

/** The second tenant has no identity provider: these are all that is known of it. */
function labsAccounts(): SnapshotRow[] {
  return ['svc-labs-invoicing', 'svc-labs-archive'].map((name) => ({
    kind: 'account',
    externalId: name,
    userName: name,
    type: 'SERVICE_ACCOUNT',
    purpose: 'billing of Nordwind Labs',
  }));
}

function membershipRows({ externalId: group, members }: ApplicationGroup): SnapshotRow[] {
  return members.map(({ externalId, ...rest }) => ({ kind: 'membership', group, member: { externalId }, ...rest }));
}

function assignmentRow({ source: _, principal, role, path, ...rest }: SampleAssignment, nameOf: NameOf): SnapshotRow {
  return { kind: 'assignment', principal: nameOf(principal), role, scope: path, ...rest };
}

function actAsRow({ principal, target, at, effect }: SampleActAs, nameOf: NameOf): SnapshotRow {
  const who = principal.kind === 'role' ? { role: principal.name } : { from: nameOf(principal) };
  return { kind: 'actAs', ...who, to: `cloud-${target}`, at, ...(effect && { effect }) };
}

function principalName(
  company: Company,
  { source, everyone }: { readonly source: SnapshotSource; readonly everyone: string },
  principal: SamplePrincipal,
): object {
  if (principal.kind === 'everyone') return { ref: everyone };
  if (principal.kind === 'own') return { externalId: principal.name };
  if (source === 'labs/billing') return { ref: `nordwind.entra/${principal.name}` };
  return { source: 'entra', externalId: externalIdOf(company, principal.name) };
}

function externalIdOf({ accounts, groups }: Company, name: string): string {
  const known = accounts.find((one) => one.name === name) ?? groups.find((one) => one.name === name);
  return known?.externalId ?? name;
}
