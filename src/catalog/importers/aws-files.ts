import { z } from 'zod';
import { policyDocument, trustDocument } from './aws-statement.js';
import { hasKey, readJsonValues } from './json-values.js';
import { type PlatformFile, parseAs, refusal } from './platform-import.js';

/** A document is an object, or as the API sends it: JSON in percent-encoding (RFC 3986). */
const decoded = <Document extends z.ZodType>(document: Document) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(decodeURIComponent(value)) as unknown;
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

const attached = z.array(z.object({ PolicyName: z.string(), PolicyArn: z.string() })).default([]);
const boundary = z.object({ PermissionsBoundaryArn: z.string() }).optional();
const inline = z.array(z.object({ PolicyName: z.string(), PolicyDocument: decoded(policyDocument) })).default([]);

const user = z.object({
  UserName: z.string(),
  Arn: z.string(),
  UserPolicyList: inline,
  GroupList: z.array(z.string()).default([]),
  AttachedManagedPolicies: attached,
  PermissionsBoundary: boundary,
});
const group = z.object({
  GroupName: z.string(),
  Arn: z.string(),
  GroupPolicyList: inline,
  AttachedManagedPolicies: attached,
});
const role = z.object({
  RoleName: z.string(),
  Arn: z.string(),
  AssumeRolePolicyDocument: decoded(trustDocument).optional(),
  RolePolicyList: inline,
  AttachedManagedPolicies: attached,
  PermissionsBoundary: boundary,
});
const policy = z.object({
  PolicyName: z.string(),
  Arn: z.string(),
  Description: z.string().optional(),
  PolicyVersionList: z
    .array(z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean(), Document: decoded(policyDocument) }))
    .default([]),
});

/** What `aws iam get-account-authorization-details` prints. */
const accountDetails = z.object({
  UserDetailList: z.array(user).default([]),
  GroupDetailList: z.array(group).default([]),
  RoleDetailList: z.array(role).default([]),
  Policies: z.array(policy).default([]),
  IsTruncated: z.boolean().default(false),
});
export type AccountDetails = z.output<typeof accountDetails>;
export type AwsUser = AccountDetails['UserDetailList'][number];
export type AwsGroup = AccountDetails['GroupDetailList'][number];
export type AwsRole = AccountDetails['RoleDetailList'][number];

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
}

/** What one file says, by what it is. */
export type AwsFile =
  | { readonly kind: 'actions'; readonly actions: readonly AwsAction[] }
  | { readonly kind: 'policies'; readonly policies: readonly ManagedPolicy[] }
  | { readonly kind: 'account'; readonly details: AccountDetails };

/** @throws GraphError INVALID */
export function readAwsFile({ name, text }: PlatformFile): AwsFile {
  if (/^action\taccess_level\b/.test(text)) return { kind: 'actions', actions: readActionTable(text) };
  const values = readJsonValues(name, text);
  const first = values[0]?.value;
  if (hasKey(first, 'Actions'))
    return { kind: 'actions', actions: values.flatMap(({ value, path }) => readService(value, name, path)) };
  if (hasKey(first, 'UserDetailList') || hasKey(first, 'Policies') || hasKey(first, 'RoleDetailList'))
    return { kind: 'account', details: parseDetails(first, name) };
  if (hasKey(first, 'document')) {
    const documents = values.map(({ value }) => value);
    return { kind: 'policies', policies: parseAs(z.array(managedPolicyLine), documents, name) };
  }
  throw unknownFile(name);
}

function parseDetails(value: unknown, file: string): AccountDetails {
  const details = parseAs(accountDetails, value, file);
  if (!details.IsTruncated) return details;
  throw refusal(
    `${file}#/IsTruncated`,
    'TRUNCATED',
    'is a page of the export, and more follow',
    'export it without a limit of items',
  );
}

function readActionTable(text: string): readonly AwsAction[] {
  const [, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => {
    const [action = '', label] = line.split('\t');
    return { action, label };
  });
}

function readService(value: unknown, file: string, path: readonly PropertyKey[]): readonly AwsAction[] {
  const service = parseAs(serviceReference, value, file, path);
  return service.Actions.map((action) => ({
    action: `${service.Name}:${action.Name}`,
    label: levelOf(action.Annotations?.Properties ?? {}),
  }));
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

function unknownFile(file: string) {
  return refusal(
    `${file}#`,
    'UNKNOWN_FILE',
    'is no list of actions, no list of managed policies and no account’s authorization details',
    'send what docs/importers/aws.md names',
  );
}
