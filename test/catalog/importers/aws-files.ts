import { fileOf } from './platform-world.js';

export const account = '111122223333';
export const arn = (resource: string) => `arn:aws:iam::${account}:${resource}`;

/** Actions of three services, with their access levels. */
export const actions = fileOf(
  'actions.tsv',
  [
    'action\taccess_level',
    'ec2:CreateTags\tTagging, Write',
    'iam:CreateUser\tWrite',
    'iam:ListUsers\tList',
    'iam:PassRole\tWrite',
    's3:DeleteBucket\tWrite',
    's3:GetObject\tRead',
    's3:ListBucket\tList',
    's3:PutBucketPolicy\tPermissions management',
    'sts:AssumeRole\tWrite',
    '',
  ].join('\n'),
);

const version = '2012-10-17';
export const policyOf = (...Statement: readonly object[]) => ({ Version: version, Statement });
export const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: string | readonly string[], more: object = {}) => ({
  ...allow(Action, more),
  Effect: 'Deny',
});
export const trust = (Principal: object | string, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});

const inline = (field: string, statements: readonly object[]) => ({
  [field]: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policyOf(...statements) }],
});
export const user = (UserName: string, statements: readonly object[] = [], more: object = {}) => ({
  UserName,
  Arn: arn(`user/${UserName}`),
  ...inline('UserPolicyList', statements),
  ...more,
});
export const group = (GroupName: string, statements: readonly object[] = [], more: object = {}) => ({
  GroupName,
  Arn: arn(`group/${GroupName}`),
  ...inline('GroupPolicyList', statements),
  ...more,
});
export const role = (
  RoleName: string,
  trusts: readonly object[],
  statements: readonly object[] = [],
  more: object = {},
) => ({
  RoleName,
  Arn: arn(`role/${RoleName}`),
  AssumeRolePolicyDocument: policyOf(...trusts),
  ...inline('RolePolicyList', statements),
  ...more,
});
export const managed = (PolicyName: string, ...statements: readonly object[]) => ({
  PolicyName,
  Arn: arn(`policy/${PolicyName}`),
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policyOf(...statements) }],
});
export const boundedBy = (PolicyName: string) => ({
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn(`policy/${PolicyName}`) },
});

/** What `aws iam get-account-authorization-details` prints. */
export const details = (lists: {
  readonly users?: readonly object[];
  readonly groups?: readonly object[];
  readonly roles?: readonly object[];
  readonly policies?: readonly object[];
}) =>
  fileOf('account.json', {
    UserDetailList: lists.users ?? [],
    GroupDetailList: lists.groups ?? [],
    RoleDetailList: lists.roles ?? [],
    Policies: lists.policies ?? [],
  });
