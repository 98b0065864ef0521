import { type Filter, printFilter } from './filter.js';
import { toElementPredicate } from './filter-evaluator.js';
import { fromMember, type Member } from './member.js';
import { ScimError } from './scim-error.js';

/** One instruction about members, in the order of the request. */
export type MemberStep =
  | { readonly kind: 'add'; readonly members: readonly Member[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  /** The members that meet a filter which asks for more than their `value`. */
  | { readonly kind: 'remove-where'; readonly filter: Filter }
  /** One member in place of those that meet the filter, of which there must be one. */
  | { readonly kind: 'replace-where'; readonly filter: Filter; readonly member: Member }
  /** These and no others; none: the group is emptied. */
  | { readonly kind: 'replace'; readonly members: readonly Member[] };

/** What a request does to the members of a group. No variant but `filtered` needs the list of present members. */
export type MemberDelta =
  | { readonly kind: 'none' }
  /** `add` are members afterwards, `remove` are not; what else is there stays. No value is in both. */
  | { readonly kind: 'keyed'; readonly add: readonly Member[]; readonly remove: readonly string[] }
  /** Exactly these are members afterwards: a difference to what is there, to be taken where the members are kept. */
  | { readonly kind: 'whole'; readonly members: readonly Member[] }
  /** Needs the members: `applyMemberSteps`. */
  | { readonly kind: 'filtered'; readonly steps: readonly MemberStep[] };

/** Folds the steps of a request into one delta. Adding a present member and removing an absent one change nothing. */
export function foldMemberSteps(steps: readonly MemberStep[]): MemberDelta {
  const start = steps.findLastIndex((step) => step.kind === 'replace');
  const replaced = steps[start];
  if (replaced?.kind === 'replace') {
    const initial = new Map(replaced.members.map((member) => [member.value, member]));
    return { kind: 'whole', members: runSteps(initial, steps.slice(start + 1)) };
  }
  if (steps.some((step) => step.kind === 'remove-where' || step.kind === 'replace-where'))
    return { kind: 'filtered', steps };
  return foldKeyed(steps);
}

/** What `steps` change in a group of these members. Throws `noTarget` where none is there to be replaced. */
export function applyMemberSteps(
  present: readonly Member[],
  steps: readonly MemberStep[],
): Extract<MemberDelta, { kind: 'keyed' }> {
  const before = new Map(present.map((member) => [member.value, member]));
  const after = runSteps(new Map(before), steps);
  const kept = new Set(after.map((member) => member.value));
  return {
    kind: 'keyed',
    add: after.filter((member) => !sameMember(member, before.get(member.value))),
    remove: present.map((member) => member.value).filter((value) => !kept.has(value)),
  };
}

/** What a member is counts only where both say it: of one that has arrived its node does. */
function sameMember(a: Member, b: Member | undefined): boolean {
  const isSameType = a.type === undefined || b?.type === undefined || a.type === b.type;
  return b !== undefined && isSameType && a.display === b.display;
}

function foldKeyed(steps: readonly MemberStep[]): MemberDelta {
  const add = new Map<string, Member>();
  const remove = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'add') {
      for (const member of step.members) {
        remove.delete(member.value);
        add.set(member.value, member);
      }
    } else if (step.kind === 'remove') {
      for (const value of step.values) {
        add.delete(value);
        remove.add(value);
      }
    }
  }
  if (add.size === 0 && remove.size === 0) return { kind: 'none' };
  return { kind: 'keyed', add: [...add.values()], remove: [...remove] };
}

function runSteps(members: Map<string, Member>, steps: readonly MemberStep[]): readonly Member[] {
  for (const step of steps) {
    if (step.kind === 'replace') members.clear();
    if (step.kind === 'add' || step.kind === 'replace')
      for (const member of step.members) members.set(member.value, member);
    if (step.kind === 'remove') for (const value of step.values) members.delete(value);
    if (step.kind === 'remove-where') for (const { value } of meeting(step.filter, members)) members.delete(value);
    if (step.kind === 'replace-where') {
      const replaced = meeting(step.filter, members);
      if (replaced.length === 0) throw noMember(step.filter);
      for (const { value } of replaced) members.delete(value);
      members.set(step.member.value, step.member);
    }
  }
  return [...members.values()];
}

function meeting(filter: Filter, members: ReadonlyMap<string, Member>): readonly Member[] {
  const holds = toElementPredicate(filter);
  return [...members.values()].filter((member) => holds(fromMember(member)));
}

function noMember(filter: Filter): ScimError {
  return new ScimError('noTarget', `no \`members\` element matches \`${printFilter(filter)}\``);
}
