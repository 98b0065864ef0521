import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Action, type ActionPatterns, createActionIndex } from '../../src/catalog/action-pattern.js';
import type { Plane } from '../../src/graph/node.js';

const control = (...actions: string[]): Action[] => actions.map((action) => ({ plane: 'CONTROL', action }));
const namesOf = (actions: readonly Action[], patterns: Partial<ActionPatterns>, caseSensitive = true) =>
  createActionIndex(actions, { caseSensitive })
    .expand({ plane: 'CONTROL', actions: [], ...patterns })
    .matches.map((match) => match.action.action);

describe('expansion of action patterns', () => {
  const aws = control('iam:CreateUser', 'iam:ListUsers', 's3:GetObject', 's3:ListBucket', 'ec2:RunInstances');

  it('matches a wildcard in any position', () => {
    expect(namesOf(aws, { actions: ['s3:*'] })).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(namesOf(aws, { actions: ['*:List*'] })).toEqual(['iam:ListUsers', 's3:ListBucket']);
    expect(namesOf(aws, { actions: ['?am:*User'] })).toEqual(['iam:CreateUser']);
  });

  it('subtracts exclusions inside the statement that carries them', () => {
    expect(namesOf(aws, { actions: ['*'], notActions: ['iam:*', 's3:GetObject'] })).toEqual([
      'ec2:RunInstances',
      's3:ListBucket',
    ]);
  });

  it('keeps to the plane: a control star grants no data action', () => {
    const both: Action[] = [...control('blob/read'), { plane: 'DATA', action: 'blob/content/read' }];
    expect(namesOf(both, { actions: ['*'] })).toEqual(['blob/read']);
    expect(namesOf(both, { plane: 'DATA', actions: ['*'] })).toEqual(['blob/content/read']);
  });

  it('follows the letter case of the application', () => {
    expect(namesOf(aws, { actions: ['S3:getobject', 'IAM:list*'] }, true)).toEqual([]);
    expect(namesOf(aws, { actions: ['S3:getobject', 'IAM:list*'] }, false)).toEqual(['iam:ListUsers', 's3:GetObject']);
  });

  it('says by which pattern, and whether that covers what is added later', () => {
    const index = createActionIndex(aws, { caseSensitive: true });
    expect(index.expand({ plane: 'CONTROL', actions: ['s3:GetObject', 's3:*'] }).matches).toEqual([
      { action: aws[2], pattern: 's3:GetObject', unbounded: false },
      { action: aws[3], pattern: 's3:*', unbounded: true },
    ]);
  });

  it('lists patterns and exclusions that match nothing', () => {
    const index = createActionIndex(aws, { caseSensitive: true });
    const { unmatched } = index.expand({ plane: 'CONTROL', actions: ['s4:*', 's3:*'], notActions: ['s3:Delete*'] });
    expect(unmatched).toEqual(['s4:*', 's3:Delete*']);
  });

  it('finds one action by its name', () => {
    expect(createActionIndex(aws, { caseSensitive: true }).find('CONTROL', 's3:getobject')).toBeUndefined();
    expect(createActionIndex(aws, { caseSensitive: false }).find('CONTROL', 's3:getobject')).toBe(aws[2]);
    expect(createActionIndex(aws, { caseSensitive: false }).find('DATA', 's3:getobject')).toBeUndefined();
  });

  it('agrees with asking every action by itself', () => {
    const letters = (more: readonly string[]) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'A', ':', ...more), maxLength: 4 });
    const action = fc.record({ plane: fc.constantFrom<Plane>('CONTROL', 'DATA'), action: letters([]) });
    const patterns = fc.record({
      plane: fc.constantFrom<Plane>('CONTROL', 'DATA'),
      actions: fc.array(letters(['*', '?']), { maxLength: 4 }),
      notActions: fc.array(letters(['*', '?']), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), patterns, fc.boolean(), (actions, given, caseSensitive) => {
        const found = createActionIndex(actions, { caseSensitive })
          .expand(given)
          .matches.map((match) => match.action);
        const naive = actions.filter((one) => isGranted(one, given, caseSensitive));
        expect(new Set(found)).toEqual(new Set(naive));
        expect(found).toHaveLength(naive.length);
      }),
      { numRuns: 2000 },
    );
  });
});

function isGranted(one: Action, patterns: ActionPatterns, caseSensitive: boolean): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, caseSensitive ? '' : 'i').test(one.action);
  return one.plane === patterns.plane && patterns.actions.some(matches) && !patterns.notActions?.some(matches);
}

const awsFolder = join(resolve(process.env.IDENTITY_GRAPH_SHARED ?? '../shared'), 'data/roles/aws');
const present = existsSync(awsFolder);

describe(`the policies that AWS manages${present ? '' : ` (not run: no folder ${awsFolder})`}`, () => {
  if (!present) return it('are absent here', () => expect(existsSync(awsFolder)).toBe(false));

  it('expand over all actions as a naive reading of a sample of them does', () => {
    const lines = readFileSync(join(awsFolder, 'aws-actions.tsv'), 'utf8').trim().split('\n').slice(1);
    const actions = control(...lines.map((line) => line.split('\t')[0] as string));
    const index = createActionIndex(actions, { caseSensitive: false });
    const policies = readFileSync(join(awsFolder, 'aws-managed-policies.ndjson'), 'utf8').trim().split('\n');
    const statements = policies.flatMap((line) => statementsOf(JSON.parse(line)));
    const counts = statements.map((patterns) => index.expand(patterns).matches.length);
    const sample = statements.flatMap((patterns, at) => (at % 400 === 0 ? [{ patterns, at }] : []));
    for (const { patterns, at } of sample)
      expect([at, counts[at]]).toEqual([at, actions.filter((one) => isGranted(one, patterns, false)).length]);
    expect({ policies: policies.length, actions: actions.length }).toEqual({ policies: 1_641, actions: 19_842 });
  });
});

interface AwsStatement {
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}
function statementsOf(policy: {
  readonly document: { readonly Statement: AwsStatement | readonly AwsStatement[] };
}): readonly ActionPatterns[] {
  return [policy.document.Statement].flat().map((statement) => ({
    plane: 'CONTROL',
    actions: statement.Action === undefined ? ['*'] : [statement.Action].flat(),
    notActions: statement.NotAction === undefined ? [] : [statement.NotAction].flat(),
  }));
}
