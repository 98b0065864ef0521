import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformFile } from '../../../src/catalog/importers/platform-import.js';
import {
  account,
  actions,
  allow,
  arn,
  boundedBy,
  deny,
  details,
  group,
  managed,
  role,
  trust,
  user,
} from './aws-files.js';
import { fileOf, openPlatformWorld, readFiles, takenAt } from './platform-world.js';

const here = `/${account}`;
const alice = arn('user/alice');

describe('the AWS importer, asked what an account’s principals may do', () => {
  let world: Awaited<ReturnType<typeof openPlatformWorld>>;
  let close = async () => {};
  beforeEach(async () => {
    world = await openPlatformWorld('aws');
  });
  afterEach(async () => {
    await close();
    await world.remove();
  });

  async function ask(file: PlatformFile) {
    const { application, report } = await world.importAll(actions, file);
    const asker = await world.createAsker(application, false);
    close = asker.close;
    return { ...asker, report };
  }

  it('gives a user what is written for it, for its groups, and attached, in any letter case and with wildcards anywhere', async () => {
    const attached = { AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: arn('policy/p') }] };
    const { reached } = await ask(
      details({
        users: [user('alice', [allow('S3:get*')], { GroupList: ['staff'] })],
        groups: [group('staff', [allow('iam:*Users')], attached)],
        policies: [managed('p', allow('ec2:Create?ags'))],
      }),
    );
    expect(await reached(alice)).toEqual([
      'ec2:CreateTags ALLOWED INHERITED',
      'iam:ListUsers ALLOWED INHERITED',
      's3:GetObject ALLOWED DIRECT',
    ]);
  });

  it('subtracts NotAction inside its statement alone, and lets Deny win', async () => {
    const all = { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' };
    const { reached } = await ask(details({ users: [user('alice', [all, allow('iam:List*'), deny('s3:*Bucket*')])] }));
    expect(await reached(alice)).toEqual([
      'ec2:CreateTags ALLOWED DIRECT',
      'iam:ListUsers ALLOWED DIRECT',
      's3:GetObject ALLOWED DIRECT',
    ]);
  });

  it('holds what is bound to one account in that account alone', async () => {
    const other = JSON.parse(
      details({ users: [user('bob', [allow('s3:GetObject')])] }).text.replaceAll(account, '444455556666'),
    );
    const file = fileOf('other.json', other);
    const { application } = await world.importAll(actions, details({ users: [user('alice', [allow('s3:*')])] }), file);
    const { decide, close: end } = await world.createAsker(application, false);
    close = end;
    expect([await decide(alice, 's3:GetObject', here), await decide(alice, 's3:GetObject', '/444455556666')]).toEqual([
      'ALLOWED',
      'NOT_GRANTED',
    ]);
  });

  it('makes conditional what names resources or asks for a context, and settles it where the context is given', async () => {
    const named = { Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] };
    const inRegion = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };
    const { decide } = await ask(
      details({ users: [user('alice', [allow('s3:GetObject', named), allow('s3:ListBucket', inRegion)])] }),
    );
    const context = (region: string) => ({ context: { 'aws:RequestedRegion': region } });
    expect([
      await decide(alice, 's3:GetObject', here),
      await decide(alice, 's3:ListBucket', here),
      await decide(alice, 's3:ListBucket', here, context('eu-west-1')),
      await decide(alice, 's3:ListBucket', here, context('us-east-1')),
    ]).toEqual(['CONDITIONAL', 'CONDITIONAL', 'ALLOWED', 'NOT_GRANTED']);
  });

  it('gives what policies and the boundary both allow', async () => {
    const onlyMfa = allow('s3:DeleteBucket', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    const { decide, reached } = await ask(
      details({
        users: [user('alice', [allow('*')], boundedBy('edge'))],
        policies: [
          managed('edge', allow('s3:*Object'), onlyMfa, allow('s3:ListBucket', { Resource: 'arn:aws:s3:::logs' })),
        ],
      }),
    );
    expect(await reached(alice)).toEqual([
      's3:DeleteBucket CONDITIONAL DIRECT',
      's3:GetObject ALLOWED DIRECT',
      's3:ListBucket CONDITIONAL DIRECT',
    ]);
    const mfa = (present: boolean) => ({ context: { 'aws:MultiFactorAuthPresent': present } });
    expect([
      await decide(alice, 's3:DeleteBucket', here, mfa(true)),
      await decide(alice, 's3:DeleteBucket', here, mfa(false)),
    ]).toEqual(['ALLOWED', 'DENIED']);
  });

  it('makes everything conditional under a boundary that nobody exported, and says so', async () => {
    const { reached, report } = await ask(
      details({ users: [user('alice', [allow('s3:GetObject')], boundedBy('lost'))] }),
    );
    expect(await reached(alice)).toEqual(['s3:GetObject CONDITIONAL DIRECT']);
    expect(report.notes.filter(({ code }) => code === 'UNKNOWN_POLICY')).toMatchObject([
      { pointer: 'account.json#/UserDetailList/0/PermissionsBoundary' },
    ]);
  });

  it('says of many roles under one boundary no more than grows with them', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `r${at}`);
    const roles = names.map((name) => role(name, [trust({ AWS: arn('root') })], [allow('sts:*')], boundedBy('edge')));
    const { rows } = await readFiles('aws', actions, details({ roles, policies: [managed('edge', allow('s3:*'))] }));
    // Each role: an account, its policy and the boundary, the deny under a condition; each as whom and as whom not.
    expect(rows && [...rows.rowsOf('assignment')].length).toBe(40 * 3);
    expect(rows && [...rows.rowsOf('actAs')].length).toBe(40 * 40 + 40);
  });

  describe('as another role', () => {
    const deploy = (...trusts: readonly object[]) => role('deploy', trusts, [allow('s3:DeleteBucket')]);
    const asDeploy = ['s3:DeleteBucket ALLOWED VIA_ASSUME'];

    it('lets a user act that the trust policy names', async () => {
      const { reached } = await ask(details({ users: [user('alice')], roles: [deploy(trust({ AWS: alice }))] }));
      expect(await reached(alice)).toEqual(asDeploy);
    });

    it('lets those act that a policy of the trusted account allows, through their group, and nobody else', async () => {
      const { reached } = await ask(
        details({
          users: [user('alice', [], { GroupList: ['ops'] }), user('bob')],
          groups: [group('ops', [allow('sts:*', { Resource: arn('role/dep*') })])],
          roles: [deploy(trust({ AWS: arn('root') }))],
        }),
      );
      expect(await reached(alice)).toEqual([
        's3:DeleteBucket ALLOWED VIA_ASSUME',
        'sts:AssumeRole CONDITIONAL INHERITED',
      ]);
      expect(await reached(arn('user/bob'))).toEqual([]);
    });

    it('keeps those from it that a policy denies, or the trust policy', async () => {
      const { reached } = await ask(
        details({
          users: [
            user('alice', [allow('sts:AssumeRole'), deny('sts:AssumeRole')]),
            user('bob', [allow('sts:AssumeRole')]),
          ],
          roles: [deploy(trust({ AWS: account }), trust({ AWS: arn('user/bob') }, { Effect: 'Deny' }))],
        }),
      );
      expect([await reached(alice), await reached(arn('user/bob'))]).toEqual([[], ['sts:AssumeRole ALLOWED DIRECT']]);
    });

    it('makes a trust with a condition conditional', async () => {
      const withId = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
      const { reached } = await ask(
        details({ users: [user('alice')], roles: [deploy(trust({ AWS: alice }, withId))] }),
      );
      expect(await reached(alice)).toEqual(['s3:DeleteBucket CONDITIONAL VIA_ASSUME']);
    });

    it('lets a service not act that a deny names, and makes anyone conditional where a deny names an account', async () => {
      const lambda = { Service: 'lambda.amazonaws.com' };
      const deniedLambda = trust(lambda, { Effect: 'Deny' });
      const deniedAccount = trust({ AWS: '444455556666' }, { Effect: 'Deny' });
      const { reached } = await ask(
        details({
          users: [user('alice')],
          roles: [deploy(trust(lambda), deniedLambda, trust('*'), deniedAccount), role('other', [trust(lambda)])],
        }),
      );
      expect(await reached('lambda.amazonaws.com')).toEqual(['s3:DeleteBucket CONDITIONAL VIA_ASSUME']);
      expect(await reached(alice)).toEqual(['s3:DeleteBucket CONDITIONAL VIA_ASSUME']);
    });

    it('turns a deny of everybody under a condition into a condition of each right', async () => {
      const outside = { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } };
      const { reached } = await ask(
        details({ users: [user('alice')], roles: [deploy(trust({ AWS: alice }), trust('*', outside))] }),
      );
      expect(await reached(alice)).toEqual(['s3:DeleteBucket CONDITIONAL VIA_ASSUME']);
    });

    it('lets everybody of the account act where anyone is trusted, and shows those outside as a group', async () => {
      const { reached, report } = await ask(
        details({ users: [user('alice'), user('bob')], roles: [deploy(trust('*'))] }),
      );
      expect([await reached(alice), await reached(arn('user/bob'))]).toEqual([asDeploy, asDeploy]);
      expect(report.notes.map(({ code }) => code)).toContain('OUTSIDE');
    });

    it('lets no provider act by an action that is not for it, nor a user by one of providers', async () => {
      const idp = arn('saml-provider/idp');
      const bySaml = { Action: 'sts:AssumeRoleWithSAML' };
      const { reached, report } = await ask(
        details({ users: [user('alice')], roles: [deploy(trust({ Federated: idp }), trust({ AWS: alice }, bySaml))] }),
      );
      expect([await reached(alice), report.snapshot?.lines.actAs]).toEqual([[], 0]);
    });

    it('lets a service act, and shows an identity provider as a group', async () => {
      const bySaml = { Action: 'sts:AssumeRoleWithSAML' };
      const { reached, report } = await ask(
        details({
          roles: [
            deploy(trust({ Service: 'lambda.amazonaws.com' }), trust({ Federated: arn('saml-provider/idp') }, bySaml)),
          ],
        }),
      );
      expect(await reached('lambda.amazonaws.com')).toEqual(asDeploy);
      expect(report.snapshot?.lines).toEqual({
        resource: 1,
        account: 2,
        group: 1,
        membership: 0,
        assignment: 1,
        actAs: 2,
      });
    });
  });

  it('has no effect the second time, and takes back what is gone', async () => {
    const files = [actions, details({ users: [user('alice', [allow('s3:*')]), user('bob', [allow('s3:*')])] })];
    await world.importAll(...files);
    const { revision } = await world.store.head();
    await world.importFiles(files, { source: world.source });
    expect((await world.store.head()).revision).toBe(revision);
    const { snapshot, catalogue } = await world.importFiles(
      [actions, details({ users: [user('alice', [allow('s3:*')])] })],
      {
        source: world.source,
      },
    );
    expect([snapshot?.counts.accounts.removed, catalogue.counts.roles.removed]).toEqual([1, 1]);
  });

  it('says where the policy stands of which a pattern matches nothing', async () => {
    const files = [
      actions,
      details({ users: [user('alice', [allow('rds:*')])], policies: [managed('p', allow('sqs:*'))] }),
    ];
    const { catalogue } = await world.importFiles(files);
    expect(catalogue.warnings.map(({ pointer }) => pointer)).toEqual([
      'account.json#/Policies/0/PolicyVersionList/0/Document',
      'account.json#/UserDetailList/0/UserPolicyList/0',
    ]);
  });

  it('records that the same was read again only where that is said, or an hour has passed', async () => {
    const files = [actions, details({ users: [user('alice', [allow('s3:*')])] })];
    await world.importAll(...files);
    const revisionAfter = async (more: { readonly takenAt?: string; readonly now?: number }) => {
      await world.importFiles(files, { source: world.source, ...more });
      return (await world.store.head()).revision;
    };
    const { revision } = await world.store.head();
    const minutes = (count: number) => Date.parse(takenAt) + count * 60_000;
    expect([await revisionAfter({ now: minutes(59) }), await revisionAfter({ now: minutes(61) })]).toEqual([
      revision,
      revision + 1,
    ]);
    expect(await revisionAfter({ takenAt: new Date(minutes(62)).toISOString() })).toBe(revision + 2);
  });

  it('says that principals are left out where no source is named', async () => {
    const { notes, snapshot } = await world.importFiles([actions, details({ users: [user('alice')] })]);
    expect(snapshot).toBeUndefined();
    expect(notes[0]).toMatchObject({ code: 'NO_SOURCE' });
  });
});
