/**
 * Resources of AWS as paths: an account is `/123456789012`, and a resource of it is one segment below, its ARN with
 * `∕` (U+2215) in place of `/`. One segment, because a policy that names a bucket does not speak of its objects.
 */
export function accountPathOf(account: string): string {
  return `/${account}`;
}

export function resourcePathOf(account: string, arn: string): string {
  return `/${account}/${oneSegment(arn)}`;
}

/** Of any account (its twelve digits are any characters): a managed policy belongs to all. The ARN may have `*` and `?`. */
export function resourcePatternOf(arnPattern: string): string {
  return `????????????/${oneSegment(arnPattern)}`;
}

/** `arn:aws:iam::123456789012:role/x` → `123456789012`; absent: it has none. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(':')[4];
  return account === undefined || account === '' ? undefined : account;
}

/** A policy that Amazon manages: `arn:aws:iam::aws:policy/job-function/ViewOnlyAccess`. */
export function isAwsManaged(arn: string): boolean {
  return accountOf(arn) === 'aws';
}

/** The last part of a path in IAM: `role/team/deploy` → `deploy`. */
export function lastNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function oneSegment(arn: string): string {
  return arn.replaceAll('/', '\u2215');
}
