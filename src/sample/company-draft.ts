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
  readonly source: ApplicationSource;
  readonly principal: SamplePrincipal;
  readonly role: string;
  readonly path: string;
  readonly eligible?: true;
  /** As a catalogue writes it. */
  readonly condition?: object;
  readonly validFrom?: string;
  readonly validUntil?: string;
}

export type ApplicationSource = 'nordwind/crm' | 'nordwind/cloud' | 'labs/billing';
export type SamplePrincipal =
  /** Of the identity provider, by name. */
  | { readonly kind: 'account' | 'group'; readonly name: string }
  /** Of the application itself, by externalId. */
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'everyone' };

/** An account that an application keeps itself. */
export interface ApplicationAccount {
  readonly source: ApplicationSource;
  readonly externalId: string;
  readonly userName: string;
  readonly purpose: string;
  readonly expiresAt?: string;
  /** Names of the people who own it. */
  readonly owners: readonly string[];
}

/** A group that an application keeps itself; members are accounts of the same application, by externalId. */
export interface ApplicationGroup {
  readonly source: ApplicationSource;
  readonly externalId: string;
  readonly displayName: string;
  readonly members: readonly { readonly externalId: string; readonly eligible?: true }[];
}

export interface SampleActAs {
  readonly source: 'nordwind/cloud';
  readonly principal: SamplePrincipal | { readonly kind: 'role'; readonly name: string };
  readonly target: string;
  readonly effect?: 'DENY';
  /** Where the target lives. */
  readonly at: string;
}

/** Something that was planted, so that a reader knows what to look for. */
export interface PlantedCase {
  readonly title: string;
  /** A name within `nordwind`. */
  readonly identity: string;
}

export interface Company {
  readonly accounts: readonly SampleAccount[];
  readonly groups: readonly SampleGroup[];
  readonly assignments: readonly SampleAssignment[];
  readonly actAs: readonly SampleActAs[];
  readonly applicationAccounts: readonly ApplicationAccount[];
  readonly applicationGroups: readonly ApplicationGroup[];
  readonly planted: readonly PlantedCase[];
}

/** Collects a company while it is being made. */
export interface CompanyDraft {
  readonly accounts: Map<string, SampleAccount>;
  readonly groups: Map<string, Set<string>>;
  readonly assignments: SampleAssignment[];
  readonly actAs: SampleActAs[];
  readonly applicationAccounts: ApplicationAccount[];
  readonly applicationGroups: ApplicationGroup[];
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
