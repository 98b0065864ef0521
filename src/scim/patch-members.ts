import type { AimedOperation } from './aimed-operation.js';
import { coerceSingle } from './attribute-coercion.js';
import { createAttributes, isComplex, listsNothing } from './attribute-value.js';
import type { Reader } from './dialect.js';
import type { Filter } from './filter.js';
import { type Member, parseMembers, toMember } from './member.js';
import type { MemberStep } from './member-delta.js';
import { elementOf } from './patch-element.js';
import { ScimError } from './scim-error.js';

/** What an operation on `members` says, without looking at the members; no step when it lists nothing. */
export function compileMemberSteps(operation: AimedOperation, reader: Reader): readonly MemberStep[] {
  const { op, path, value } = operation;
  const { ref, filter } = path;
  if (ref.sub) throw fixed(`members.${ref.sub.name}`);
  if (op === 'remove') return filter ? [removeWhere(filter)] : removeListed(value, reader);
  if (filter) {
    const member = describedMember(operation, reader);
    return [op === 'replace' ? { kind: 'replace-where', filter, member } : { kind: 'add', members: [member] }];
  }
  const members = parseMembers(value, reader);
  if (op === 'replace') return [{ kind: 'replace', members }];
  return members.length > 0 ? [{ kind: 'add', members }] : [];
}

function removeWhere(filter: Filter): MemberStep {
  const values = valuesNamedBy(filter);
  return values ? { kind: 'remove', values } : { kind: 'remove-where', filter };
}

/** Without a value all members go; a value that lists nothing removes nothing. Elements are matched on `value` alone. */
function removeListed(value: unknown, reader: Reader): readonly MemberStep[] {
  if (value === undefined) return [{ kind: 'replace', members: [] }];
  if (listsNothing(value)) return [];
  const members = parseMembers(value, reader);
  reader.accepts('E6');
  return [{ kind: 'remove', values: members.map((member) => member.value) }];
}

/** The values of a filter that names members by `value eq` alone; undefined when it asks for more. */
function valuesNamedBy(filter: Filter): readonly string[] | undefined {
  if (filter.kind === 'or') {
    const named = filter.terms.map(valuesNamedBy);
    return named.every((values) => values !== undefined) ? named.flat() : undefined;
  }
  const isKey = filter.kind === 'compare' && filter.operator === 'eq' && filter.ref.attribute.name === 'value';
  return isKey && typeof filter.value === 'string' ? [filter.value] : undefined;
}

/** `add members[value eq "x"]`: the member that the filter describes, and what the value says of it. */
function describedMember({ op, path, value }: AimedOperation, reader: Reader): Member {
  const described = path.filter && elementOf(path.filter);
  if (!described && op === 'add') {
    throw new ScimError('noTarget', '`add` cannot make a member from this filter; give the member as value');
  }
  const own = coerceSingle(path.ref.attribute, value, reader);
  return toMember(
    createAttributes([...Object.entries(described ?? {}), ...(isComplex(own) ? Object.entries(own) : [])]),
  );
}

function fixed(name: string): ScimError {
  return new ScimError('mutability', `\`${name}\` of a member cannot change; remove the member and add the other`);
}
