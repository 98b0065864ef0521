import { sameValue } from '../graph/same-value.js';
import { aim } from './aimed-operation.js';
import { readAttribute, toList } from './attribute-access.js';
import { type Attributes, createAttributes } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { foldMemberSteps, type MemberDelta, type MemberStep } from './member-delta.js';
import { inOperation } from './message.js';
import { patchAttribute } from './patch-attribute.js';
import { compileMemberSteps } from './patch-members.js';
import type { PatchOperation } from './patch-request.js';
import { checkImmutable, checkResource } from './resource-rules.js';
import { MEMBERS } from './schemas/group-schema.js';
import { ScimError } from './scim-error.js';

export interface PatchOutcome {
  /** Afterwards; the argument itself when nothing changed. */
  readonly attributes: Attributes;
  /** Whether the attributes say something else than before. Members are not counted: the store knows. */
  readonly changed: boolean;
  readonly members: MemberDelta;
}

/**
 * Applies operations in order, all or none (RFC 7644 §3.5.2). `attributes` are those of a `ResourceDocument`: members
 * are never looked at, what happens to them comes back as a delta. Throws `ScimError`, its message naming the operation
 * counted from 1; nothing is changed then.
 */
export function applyPatch({
  id,
  attributes,
  operations,
  reader,
}: {
  readonly id: string;
  readonly attributes: Attributes;
  readonly operations: readonly PatchOperation[];
  readonly reader: Reader;
}): PatchOutcome {
  const draft = createAttributes(Object.entries(attributes));
  const steps: MemberStep[] = [];
  let effort = 0;
  operations.forEach((operation, index) => {
    inOperation(index, () => {
      for (const aimed of aim(operation, id, reader)) {
        effort += 1 + toList(readAttribute(draft, aimed.path.ref)).length;
        if (effort > reader.limits.patchEffort) throw tooMuch();
        if (aimed.path.ref.attribute === MEMBERS) steps.push(...compileMemberSteps(aimed, reader));
        else patchAttribute(draft, aimed, reader);
      }
    });
  });
  checkResource(draft, reader.resourceType);
  checkImmutable(attributes, draft, reader.resourceType);
  const changed = !sameValue(attributes, draft);
  return { attributes: changed ? draft : attributes, changed, members: foldMemberSteps(steps) };
}

function tooMuch(): ScimError {
  return new ScimError('tooMany', 'the operations look at too many values together; send several requests');
}
