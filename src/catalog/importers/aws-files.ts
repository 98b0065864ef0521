import { z } from 'zod';
import { policyDocument, trustDocument } from './aws-statement.js';
import { type PlatformFile, parseAs, placeOf, refusal } from './platform-import.js';
import { hasKey, type PlacedValue, peekText, readValues } from './read-values.js';

/** A document is an object, or text of JSON, or as the API sends it: that in percent-encoding (RFC 3986). */
const decoded = <Document extends z.ZodType>(document: Document) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value.trimStart().startsWith('{') ? value : decodeURIComponent(value)) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is no policy document', params: { hint: 'export it again' } });
      return z.NEVER;
    }
  }, document);

/** Lists of managed policies forget the ARN of those that Amazon withdrew. */
const managedPolicyLine = z
  .object({
    name: z.string(),
    arn: z.string().startsWith('arn:').nullish(),
    deprecated: z.boolean().default(false),
    document: decoded(policyDocument),
  })
  .transform((line) => ({ ...line, arn: line.arn ?? `arn:aws:iam::aws:policy/${line.name}` }));
export type ManagedPolicy = z.output<typeof managedPolicyLine>;

const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const attached = listOf(z.object({ PolicyName: z.string(), PolicyArn: z.string() }));
const boundary = z.object({ PermissionsBoundaryArn: z.string() }).nullish();
const inline = listOf(z.object({ PolicyName: z.string(), PolicyDocument: decoded(policyDocument) }));
/** The account and the name in its path are read out of it. */
const arn = z.string().regex(/^arn:[^:]*:iam::\d{12}:[a-z]+\/.+$/, 'is no ARN of IAM in an account');

const user = z.object({
  UserName: z.string(),
  Arn: arn,
  UserPolicyList: inline,
  GroupList: listOf(z.string()),
  AttachedManagedPolicies: attached,
  PermissionsBoundary: boundary,
});
const group = z.object({
  GroupName: z.string(),
  Arn: arn,
  GroupPolicyList: inline,
  AttachedManagedPolicies: attached,
});
const role = z.object({
  RoleName: z.string(),
  Arn: arn,
  AssumeRolePolicyDocument: decoded(trustDocument),
  RolePolicyList: inline,
  AttachedManagedPolicies: attached,
  PermissionsBoundary: boundary,
});
const policy = z.object({
  PolicyName: z.string(),
  Arn: z.string(),
  Description: z.string().nullish(),
  PolicyVersionList: listOf(
    z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean(), Document: decoded(policyDocument) }),
  ),
});

/** The lists of what `aws iam get-account-authorization-details` prints, and what their items are. */
const ACCOUNT_LISTS = { UserDetailList: user, GroupDetailList: group, RoleDetailList: role, Policies: policy } as const;
type AccountList = keyof typeof ACCOUNT_LISTS;
const accountLists: ReadonlySet<string> = new Set(Object.keys(ACCOUNT_LISTS));

/** Where it stands: the file, and the steps to it. */
export interface Stands {
  readonly file: string;
  readonly path: readonly PropertyKey[];
}
export type AwsUser = z.output<typeof user> & Stands;
export type AwsGroup = z.output<typeof group> & Stands;
export type AwsRole = z.output<typeof role> & Stands;
export type AwsPolicy = z.output<typeof policy> & Stands;

/** One service of the Service Authorization Reference in JSON (`servicereference.us-east-1.amazonaws.com`). */
const serviceReference = z.object({
  Name: z.string(),
  Actions: z.array(
    z.object({
      Name: z.string(),
      Annotations: z.object({ Properties: z.record(z.string(), z.boolean()).default({}) }).optional(),
    }),
  ),
});

export interface AwsAction {
  readonly action: string;
  /** Its access level, as AWS documents it. */
  readonly label?: string | undefined;
  readonly place: string;
}

/** What a file says, piece by piece. */
export type AwsItem =
  | { readonly kind: 'action'; readonly action: AwsAction }
  | { readonly kind: 'listed'; readonly policy: ManagedPolicy & Stands }
  | { readonly kind: 'UserDetailList'; readonly item: AwsUser }
  | { readonly kind: 'GroupDetailList'; readonly item: AwsGroup }
  | { readonly kind: 'RoleDetailList'; readonly item: AwsRole }
  | { readonly kind: 'Policies'; readonly item: AwsPolicy };

/** @throws GraphError INVALID */
export async function* readAwsFile(given: PlatformFile): AsyncGenerator<AwsItem> {
  const file = { name: given.name, ...(await peekText(given)) };
  if (/^action\taccess_level\b/.test(file.head)) yield* readActionTable(file);
  else for await (const value of readValues(file, accountLists)) yield* readValue(value, file.name);
}

function* readValue({ value, path, list, cut }: PlacedValue, file: string): Generator<AwsItem> {
  if (list !== undefined) yield accountItem(list as AccountList, value, { file, path });
  else if (hasKey(value, 'Actions')) yield* readService(value, file, path);
  else if (hasKey(value, 'document'))
    yield { kind: 'listed', policy: { ...parseAs(managedPolicyLine, value, file, path), file, path } };
  else if (hasKey(value, 'PolicyVersion')) throw namelessPolicy(file, path);
  else {
    refusePage(value, file, path);
    const whole = [...accountLists].filter((name) => hasKey(value, name));
    if (whole.length + cut.length === 0) throw unknownFile(placeOf(file, path));
    for (const name of whole) yield* readWhole(value as object, name as AccountList, { file, path });
  }
}

/** An export within a list of exports. */
function* readWhole(value: object, name: AccountList, { file, path }: Stands): Generator<AwsItem> {
  const items = parseAs(listOf(z.unknown()), (value as Record<string, unknown>)[name], file, [...path, name]);
  for (const [at, item] of items.entries()) yield accountItem(name, item, { file, path: [...path, name, at] });
}

function accountItem(kind: AccountList, value: unknown, { file, path }: Stands): AwsItem {
  return { kind, item: { ...parseAs(ACCOUNT_LISTS[kind], value, file, path), file, path } } as AwsItem;
}

function refusePage(value: unknown, file: string, path: readonly PropertyKey[]): void {
  if (!hasKey(value, 'IsTruncated') || value.IsTruncated !== true) return;
  throw refusal(
    placeOf(file, [...path, 'IsTruncated']),
    'TRUNCATED',
    'is a page of the export, and more follow',
    'export it without a limit of items',
  );
}

async function* readActionTable({ name, pieces }: PlatformFile): AsyncGenerator<AwsItem> {
  let number = 0;
  let begun = '';
  function* take(lines: readonly string[]): Generator<AwsItem> {
    for (const line of lines) {
      const [action = '', label] = line.replace(/\r$/, '').split('\t');
      const place = placeOf(name, [number++]);
      if (number > 1 && action.trim() !== '') yield { kind: 'action', action: { action, label, place } };
    }
  }
  for await (const piece of pieces) {
    const lines = (begun + piece).split('\n');
    begun = lines.pop() ?? '';
    yield* take(lines);
  }
  yield* take([begun]);
}

function* readService(value: unknown, file: string, path: readonly PropertyKey[]): Generator<AwsItem> {
  const service = parseAs(serviceReference, value, file, path);
  for (const [at, { Name, Annotations }] of service.Actions.entries()) {
    const place = placeOf(file, [...path, 'Actions', at]);
    const label = levelOf(Annotations?.Properties ?? {});
    yield { kind: 'action', action: { action: `${service.Name}:${Name}`, label, place } };
  }
}

function levelOf(properties: Readonly<Record<string, boolean>>): string | undefined {
  const levels = {
    IsPermissionManagement: 'Permissions management',
    IsTaggingOnly: 'Tagging',
    IsWrite: 'Write',
    IsList: 'List',
  };
  const found = Object.entries(levels).find(([property]) => properties[property] === true)?.[1];
  return found ?? ('IsWrite' in properties ? 'Read' : undefined);
}

function namelessPolicy(file: string, path: readonly PropertyKey[]) {
  return refusal(
    placeOf(file, path),
    'NO_NAME',
    'is a version of a policy, and does not say of which',
    'send the account’s authorization details, which say both',
  );
}

function unknownFile(place: string) {
  return refusal(
    place,
    'UNKNOWN_FILE',
    'is no list of actions, no list of managed policies and no account’s authorization details',
    'send what docs/importers/aws.md names',
  );
}
