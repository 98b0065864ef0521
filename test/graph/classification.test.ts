import { describe, expect, it } from '@jest/globals';
import { type ClassificationRule, type Classified, classify, looksAtGroups } from '../../src/graph/classification.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('classification', () => {
  it('takes an account for a person where nothing says otherwise', () => {
    expect(classify([], account('kit'))).toBe('HUMAN');
  });

  it('lets the first rule that fits decide', () => {
    const rules: readonly ClassificationRule[] = [
      { kind: 'userName', pattern: 'svc-agent-*', type: 'AI_AGENT' },
      { kind: 'userName', pattern: 'svc-*', type: 'SERVICE_ACCOUNT' },
    ];
    expect(['svc-agent-7', 'SVC-sync', 'kit'].map((name) => classify(rules, account(name)))).toEqual([
      'AI_AGENT',
      'SERVICE_ACCOUNT',
      'HUMAN',
    ]);
  });

  it('compares userType as a whole and without regard to letter case', () => {
    const rules: readonly ClassificationRule[] = [{ kind: 'userType', value: 'Service', type: 'SERVICE_ACCOUNT' }];
    expect(classify(rules, account('a', { userType: 'SERVICE' }))).toBe('SERVICE_ACCOUNT');
    expect(classify(rules, account('a', { userType: 'Service desk' }))).toBe('HUMAN');
  });

  it('looks into extensions and into every value of a list', () => {
    const byDepartment: readonly ClassificationRule[] = [
      { kind: 'attribute', attribute: `${enterprise}:department`, pattern: 'robots*', type: 'WORKLOAD' },
    ];
    const byEmail: readonly ClassificationRule[] = [
      { kind: 'attribute', attribute: 'emails.value', pattern: '*@bots.example', type: 'WORKLOAD' },
    ];
    expect(classify(byDepartment, account('a', { [enterprise]: { department: 'Robots DK' } }))).toBe('WORKLOAD');
    expect(
      classify(byEmail, account('a', { emails: [{ value: 'a@people.example' }, { value: 'a@bots.example' }] })),
    ).toBe('WORKLOAD');
    expect(classify(byEmail, account('a', { emails: [{ value: 'a@people.example' }] }))).toBe('HUMAN');
  });

  it('knows members of a group by its displayName or externalId', () => {
    const rules: readonly ClassificationRule[] = [{ kind: 'group', name: 'Pipelines', type: 'WORKLOAD' }];
    expect(classify(rules, account('a', {}, ['Sales', 'pipelines']))).toBe('WORKLOAD');
    expect(classify(rules, account('a', {}, ['Sales']))).toBe('HUMAN');
    expect(looksAtGroups(rules)).toBe(true);
    expect(looksAtGroups([{ kind: 'userName', pattern: '*', type: 'HUMAN' }])).toBe(false);
  });

  it('believes what an account declares of itself only where no rule fits', () => {
    const extension = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';
    const agent = account('helper', { [extension]: { type: 'ai_agent' } });
    expect(classify([], agent)).toBe('AI_AGENT');
    expect(classify([{ kind: 'userName', pattern: 'h*', type: 'WORKLOAD' }], agent)).toBe('WORKLOAD');
    expect(classify([], account('x', { [extension]: { type: 'toaster' } }))).toBe('HUMAN');
  });
});

function account(userName: string, attributes: Classified['attributes'] = {}, groups: readonly string[] = []) {
  return { userName, attributes, groups } satisfies Classified;
}
