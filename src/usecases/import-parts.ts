import { type Commit, type CommitMeta, type GraphChange, maxChangesPerCommit } from '../graph/change.js';
import type { Revision } from '../graph/ids.js';
import type { ApplicationNode, NodeVersion } from '../graph/node.js';
import { GraphError, isGraphError } from '../kernel/errors.js';
import type { CommitReceipt } from '../store/graph-store.js';

/** Stores one part and resolves when it can be read. */
export type CommitPart = (
  part: Pick<Commit, 'changes' | 'expectations' | 'tenant'> & { readonly meta: CommitMeta },
) => Promise<Pick<CommitReceipt, 'revision'>>;

export interface ImportPartsOptions {
  readonly commit: CommitPart;
  readonly meta: CommitMeta & { readonly importId: string };
  /** What is imported, without a space, the same for every import of it: what a crash left half done the next one finishes. */
  readonly subject: string;
  /** As it will be when the import is done, without `changing`. */
  readonly application: ApplicationNode;
  /** As it is held; absent: it is new. */
  readonly held: NodeVersion<ApplicationNode> | undefined;
  readonly onPart?: (part: { readonly number: number; readonly revision: Revision }) => void;
}

/** Work of any size, committed as it comes. */
export interface ImportParts {
  add(changes: readonly GraphChange[]): Promise<void>;
  /** Commits what is left, with the application as it shall be. */
  finish(): Promise<{ readonly revision: Revision; readonly parts: number }>;
}

/**
 * Collects changes and commits them in parts of one `importId`. Work of one part is one commit. Of several, each but the
 * last marks the application `changing`, anew each time, and the last clears the mark. Each part expects the
 * application as the part before left it, so that imports of it exclude one another: `VERSION_MISMATCH`: another one came
 * between, nothing more was stored; what was read is out of date. Beside another subject's mark there is room for one part,
 * else it rejects with `UNAVAILABLE`.
 */
export function createImportParts(options: ImportPartsOptions): ImportParts {
  const { commit, meta, application, held } = options;
  const foreignMark = held?.node.changing?.startsWith(`${options.subject} `) ? undefined : held?.node.changing;
  let buffer: GraphChange[] = [];
  let weight = 0;
  let parts = 0;
  let version = held?.stamps.version ?? 0;

  async function commitPart(part: Parameters<CommitPart>[0]): Promise<Revision> {
    const { revision } = await commit(part).catch(throwOvertaken);
    buffer = [];
    weight = 0;
    parts++;
    options.onPart?.({ number: parts, revision });
    return revision;
  }

  /** Of a new application nothing but its slug can be somebody else's: it was free when the import began. */
  function throwOvertaken(error: unknown): never {
    const isNew = held === undefined && parts === 0;
    if (!isNew || !isGraphError(error, 'UNIQUENESS')) throw error;
    throw new GraphError(
      'VERSION_MISMATCH',
      `\`${application.slug}\` came by another import at the same time; send this one again`,
    );
  }

  function partWith(node: ApplicationNode): Parameters<CommitPart>[0] {
    return {
      meta,
      changes: [{ kind: 'putNode', node }, ...buffer],
      expectations: [{ kind: 'version', node: application.id, version }],
    };
  }

  async function commitMarked(): Promise<void> {
    if (foreignMark !== undefined)
      throw new GraphError(
        'UNAVAILABLE',
        `\`${application.slug}\` is being changed, or was left half changed, by \`${foreignMark}\`; let that end first`,
      );
    await commitPart(partWith({ ...application, changing: `${options.subject} ${meta.importId} ${parts + 1}` }));
    version++;
  }

  return {
    async add(changes) {
      for (const change of changes) {
        if (weight + weightOf(change) > maxPartWeight) await commitMarked();
        buffer.push(change);
        weight += weightOf(change);
      }
    },
    async finish() {
      const last = foreignMark === undefined ? partWith(application) : { meta, changes: buffer };
      return { revision: await commitPart(last), parts };
    },
  };
}

/** Room for the application itself. */
const maxPartWeight = maxChangesPerCommit - 16;

/** How many effects a change has at most, with those that follow from it: versions, identities, correlation, groups. */
function weightOf(change: GraphChange): number {
  switch (change.kind) {
    case 'putNode':
      return change.node.kind === 'Account' ? 10 : 2;
    case 'closeNode':
      return 10;
    case 'putEdge':
      return change.edge.kind === 'MEMBER_OF' ? 4 : 2;
    case 'putReference':
      return change.reference.edge.kind === 'MEMBER_OF' ? 5 : 3;
    default:
      return 4;
  }
}
