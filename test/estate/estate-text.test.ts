import { describe, expect, it } from '@jest/globals';
import { nameOfId } from './estate-names.js';
import { createEstate, estateChanges } from './estate-text.js';
import { createMemoryLog, type MemoryLog } from './memory-log.js';

/** Open edges that someone stated, as words: `KIND from to`. */
function edgesOf(log: MemoryLog): readonly string[] {
  return log
    .rows()
    .edges.filter(({ edge, until }) => until === undefined && edge.kind !== 'HAS_ACCOUNT')
    .map(({ edge }) => `${edge.kind} ${nameOfId(edge.from)} ${nameOfId(edge.to)}`)
    .sort();
}

describe('an estate in words', () => {
  it('reads a chain from an identity to a permission', () => {
    const log = createMemoryLog(
      estateChanges('svc:ci in group:build in group:eng has role:deployer@/prod/db grants perm:deploy'),
    );
    expect(edgesOf(log)).toEqual([
      'ASSIGNED group:eng role:deployer',
      'CONTAINS / /prod',
      'CONTAINS /prod /prod/db',
      'GRANTS role:deployer perm:deploy',
      'MEMBER_OF group:build group:eng',
      'MEMBER_OF svc:ci.idp group:build',
    ]);
  });

  it('joins a member to a group through the account at the group’s source', () => {
    const log = createMemoryLog(estateChanges('svc:ci in group:ops of source:crm'));
    expect(edgesOf(log)).toEqual(['MEMBER_OF svc:ci.crm group:ops']);
  });

  it('takes back what a line with `no` says, and all edges of a node that is gone', () => {
    const estate = createEstate();
    const log = createMemoryLog(estate.read('svc:ci in group:build in group:eng\nsvc:cd in group:build'));
    log.commit(estate.read('no svc:ci in group:build'));
    expect(edgesOf(log)).toEqual(['MEMBER_OF group:build group:eng', 'MEMBER_OF svc:cd.idp group:build']);
    log.commit(estate.read('gone group:build'));
    expect(edgesOf(log)).toEqual([]);
  });

  it('says nothing new when it is read again', () => {
    const estate = createEstate();
    const log = createMemoryLog(estate.read('svc:ci has role:deployer@/ eligible until 9 if env=prod'));
    expect(log.commit(estate.read(''))).toBeUndefined();
  });

  it('refuses a line that it cannot read', () => {
    expect(() => estateChanges('svc:ci knows group:build')).toThrow(
      'the line `svc:ci knows group:build` does not go on with `knows`',
    );
    expect(() => estateChanges('ci in group:build')).toThrow('no name of the estate: `ci`');
    expect(() => estateChanges('svc:ci in')).toThrow('the line `svc:ci in` ends too early');
  });
});
