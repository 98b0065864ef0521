export type SampleType = 'human' | 'service_account' | 'workload' | 'ai_agent';

/** One account of the company's identity provider. */
export interface SampleAccount {
  /** The userName, and what everything else refers to. */
  readonly name: string;
  readonly externalId: string;
  readonly displayName: string;
  readonly type: SampleType;
  readonly active: boolean;
  readonly department: string;
  readonly title?: string;
  readonly employeeNumber?: string;
  readonly email?: string;
  readonly manager?: string;
  readonly purpose?: string;
  readonly environments?: readonly ('dev' | 'test' | 'stage' | 'prod')[];
  /** Names of the accounts that own it. */
  readonly owners?: readonly string[];
}

/** One group of the identity provider; members are names of accounts or of groups. */
export interface SampleGroup {
  readonly name: string;
  readonly externalId: string;
  readonly members: readonly string[];
}

/** Who holds which role at which resource of an application. */
export interface SampleAssignment {
  readonly source: 'nordwind/crm' | 'nordwind/cloud' | 'labs/billing';
  readonly principal: { readonly kind: 'account' | 'group'; readonly name: string };
  readonly role: string;
  readonly path: string;
  readonly eligible?: true;
  readonly validFrom?: string;
  readonly validUntil?: string;
}

export interface SampleActAs {
  readonly source: 'nordwind/cloud';
  readonly principal:
    | { readonly kind: 'account' | 'group'; readonly name: string }
    | { readonly kind: 'role'; readonly name: string };
  readonly target: string;
  /** Where the target lives. */
  readonly at: string;
}

/** Something that was planted, so that a reader knows what to look for. */
export interface PlantedCase {
  readonly title: string;
  readonly identity: string;
}

export interface Company {
  readonly accounts: readonly SampleAccount[];
  readonly groups: readonly SampleGroup[];
  readonly assignments: readonly SampleAssignment[];
  readonly actAs: readonly SampleActAs[];
  readonly planted: readonly PlantedCase[];
}

/** Collects a company while it is being made. */
export interface CompanyDraft {
  readonly accounts: Map<string, SampleAccount>;
  readonly groups: Map<string, Set<string>>;
  readonly assignments: SampleAssignment[];
  readonly actAs: SampleActAs[];
  readonly planted: PlantedCase[];
}

/** Makes the members, accounts or groups, members of the group, which is made if it is not there. */
export function join(draft: CompanyDraft, group: string, ...members: readonly string[]): void {
  const known = draft.groups.get(group) ?? new Set<string>();
  for (const member of members) known.add(member);
  draft.groups.set(group, known);
}

export function addAccount(draft: CompanyDraft, account: Omit<SampleAccount, 'externalId'>): void {
  const externalId = `00u${(draft.accounts.size + 1).toString(36).padStart(5, '0')}`;
  draft.accounts.set(account.name, { externalId, ...account });
}
