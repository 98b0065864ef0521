import type { CommitMeta, Expectation, StoredCommit } from '../../graph/change.js';
import type { NodeId } from '../../graph/ids.js';
import { isGraphError } from '../../kernel/errors.js';
import { type CommitPlan, commitChanges, maxRecomputations } from '../../usecases/commit-changes.js';
import { ScimError } from '../scim-error.js';
import { notFound, type ResourceVersion } from './resource-node.js';
import type { ScimContext } from './scim-context.js';

/** What a write does, computed from what was read. */
export interface WritePlan extends CommitPlan {
  /** The resource as it was read; absent: it is new. */
  readonly before?: ResourceVersion;
}

export interface Written {
  /** As it is now; absent: it is gone. */
  readonly version?: ResourceVersion;
  /** Absent where nothing changed. */
  readonly stored?: StoredCommit;
}

/** The operation of a request that a commit is of, for the log. */
export type WriteName = 'create' | 'replace' | 'patch' | 'delete';

/** What makes a fact: which request, and what it did. */
export const sourceRefOf = ({ requestId }: ScimContext, name: WriteName): string => `${requestId} ${name}`;

/** That the node is still at the version that was read; 0: that there is none. */
export function versionOf(node: NodeId, version: number): Expectation {
  return { kind: 'version', node, version };
}

export interface Write {
  readonly name: WriteName;
  /** Of the resource. */
  readonly id: NodeId;
  /** Shared by the parts of what is committed in parts. */
  readonly importId?: string;
  readonly plan: () => Promise<WritePlan>;
}

/**
 * Commits a plan of one resource; where others wrote meanwhile it is computed again, in line with whoever else writes
 * that resource: however many come at once, each is done. Rejects `uniqueness` without a word about who holds the value,
 * NOT_FOUND where the resource was deleted meanwhile.
 */
export async function write(context: ScimContext, given: Write): Promise<Written> {
  const { lines } = context;
  const inLine = () => lines.join(given.id, () => commitWrite(context, given, maxRecomputations));
  if (lines.isBusy(given.id)) return inLine();
  try {
    return await commitWrite(context, given, 0);
  } catch (error) {
    if (isGraphError(error, 'VERSION_MISMATCH')) return inLine();
    throw error;
  }
}

async function commitWrite(
  context: ScimContext,
  { name, id, importId, plan }: Write,
  recomputations: number,
): Promise<Written> {
  const { services, signal } = context;
  let before: ResourceVersion | undefined;
  const replan = async (): Promise<CommitPlan> => {
    const planned = await plan();
    before = planned.before;
    const { changes, expectations } = planned;
    return { changes, ...(expectations && { expectations }) };
  };
  try {
    const receipt = await commitChanges(
      services,
      {
        meta: { ...metaOf(context, name), ...(importId && { importId }) },
        tenant: context.tenant.id,
        plan: replan,
        recomputations,
      },
      signal,
    );
    if (receipt.effectless) return before ? { version: before } : {};
    const opened = receipt.stored && openedVersion(receipt.stored, id);
    return {
      ...(receipt.stored && { stored: receipt.stored }),
      ...(opened ? { version: opened } : await readAgain(context, id, receipt.stored)),
    };
  } catch (error) {
    throw await toWriteError(context, { id, wasThere: before !== undefined }, error);
  }
}

function metaOf({ caller, source, requestId }: ScimContext, name: WriteName): CommitMeta {
  return { actor: caller.name, source: source.id, requestId, cause: `scim ${name}` };
}

function openedVersion(stored: StoredCommit, id: NodeId): ResourceVersion | undefined {
  for (const effect of stored.effects)
    if (effect.kind === 'nodeOpened' && effect.version.node.id === id) return effect.version as ResourceVersion;
  return undefined;
}

/** Where the commit did not touch the resource itself, or its effects were stored by an attempt whose reply was lost. */
async function readAgain(
  { services: { store }, scope }: ScimContext,
  id: NodeId,
  stored: StoredCommit | undefined,
): Promise<{ readonly version?: ResourceVersion }> {
  const closed = stored?.effects.some((effect) => effect.kind === 'nodeClosed' && effect.version.node.id === id);
  const [version] = closed ? [] : await store.nodesByIds(scope, [id]);
  return version ? { version: version as ResourceVersion } : {};
}

async function toWriteError(
  { services: { store }, scope }: ScimContext,
  { id, wasThere }: { readonly id: NodeId; readonly wasThere: boolean },
  error: unknown,
): Promise<unknown> {
  if (isGraphError(error, 'UNIQUENESS')) {
    const field = error.details.argument ?? 'a value';
    return new ScimError('uniqueness', `\`${field}\` is already in use in this source; choose another`, {
      cause: error,
    });
  }
  if (isGraphError(error, 'INVALID') && graphField.test(error.message))
    return new ScimError('invalidValue', error.message.replace(graphField, toAttribute), { cause: error });
  const isMemberFault = isGraphError(error, 'INVALID') && !(error instanceof ScimError) && wasThere;
  if (isMemberFault && (await store.nodesByIds(scope, [id]))[0] === undefined) return notFound(id);
  return error;
}

/** A field of the graph at the beginning of a message, such as `Account.primaryEmail`. */
const graphField = /^[A-Z]\w+\.(\w+)(?= )/;

/** What clients know such a field as, where it is not by its own name. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  name: 'userName',
  primaryEmail: 'emails.value',
  emails: 'emails.value',
  target: 'value',
};

function toAttribute(_field: string, name: string): string {
  return `\`${ATTRIBUTES[name] ?? name}\``;
}
