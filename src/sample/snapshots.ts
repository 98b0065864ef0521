import type { Company, SampleAssignment } from './company-draft.js';

export type SnapshotSource = SampleAssignment['source'];
export const snapshotSources = ['nordwind/crm', 'nordwind/cloud', 'labs/billing'] as const satisfies SnapshotSource[];

/**
 * What an application really holds, as the JSON lines of `docs/formats/snapshot.md`. Accounts of the cloud bear the userNames
 * of the identity provider, so that correlation joins them; billing belongs to another tenant and names its principals by ref.
 */
export function snapshotLines(company: Company, source: SnapshotSource, takenAt: string): readonly object[] {
  const rows = [
    ...accountRows(company, source),
    ...company.assignments.filter((one) => one.source === source).map((one) => assignmentRow(company, one)),
    ...company.actAs.filter((one) => one.source === source).map((one) => actAsRow(company, one)),
  ];
  const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
  return [
    { kind: 'header', format: 'idgraph/snapshot/v1', id: `${source} ${takenAt}`, takenAt },
    ...rows,
    {
      kind: 'trailer',
      counts: { account: count('account'), assignment: count('assignment'), actAs: count('actAs') },
    },
  ];
}

/** One line of the format; the service checks it. */
type SnapshotRow = { readonly kind: string } & Readonly<Record<string, unknown>>;

function accountRows(company: Company, source: SnapshotSource): SnapshotRow[] {
  if (source === 'labs/billing') return labsAccounts();
  if (source === 'nordwind/crm') return [];
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

function assignmentRow(company: Company, { source, principal, role, path, ...rest }: SampleAssignment): SnapshotRow {
  return { kind: 'assignment', principal: principalOf(company, source, principal.name), role, scope: path, ...rest };
}

function actAsRow(company: Company, { source, principal, target, at }: Company['actAs'][number]): SnapshotRow {
  const who =
    principal.kind === 'role' ? { role: principal.name } : { from: principalOf(company, source, principal.name) };
  return { kind: 'actAs', ...who, to: `cloud-${target}`, at };
}

function principalOf(company: Company, source: SnapshotSource, name: string): object {
  if (source === 'labs/billing') return { ref: `nordwind.entra/${name}` };
  const known = company.accounts.find((one) => one.name === name) ?? company.groups.find((one) => one.name === name);
  return { source: 'entra', externalId: known?.externalId ?? name };
}
