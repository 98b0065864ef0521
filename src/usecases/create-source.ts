import { randomUUID } from 'node:crypto';
import type { ClassificationRule } from '../graph/classification.js';
import { asNodeId, type NodeId } from '../graph/ids.js';
import type { CorrelationRule, NodeVersion, SourceNode, TenantNode } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type CommitDependencies, type CommitPlan, commitChanges } from './commit-changes.js';
import { type RefStore, resolveRef } from './resolve-ref.js';
import { parseSlug } from './slug.js';
import { changeSettings, getPreset, type SettingsRequest, toSettingsJson } from './source-settings.js';
import { createSourceToken, type ShownToken, type TokenDependencies } from './source-token.js';

/** What is absent the preset says. */
export interface SourceRequest {
  /** Ref of its tenant. */
  readonly tenant: string;
  readonly slug: string;
  readonly kind: SourceNode['sourceKind'];
  readonly preset: string;
  /** Ref; required for `APPLICATION`. */
  readonly application?: string;
  readonly nesting?: SourceNode['nesting'];
  readonly dialect?: string;
  readonly settings?: SettingsRequest;
  readonly externalIdsUnique?: boolean;
  readonly groupNamesUnique?: boolean;
  /** Absent: yes for an IDP. */
  readonly authoritative?: boolean;
  readonly emailsVerified?: boolean;
  readonly classification?: readonly ClassificationRule[];
  readonly correlateBy?: readonly CorrelationRule[];
}

/**
 * Makes a source with its first token. The tenant's first authoritative source becomes the one whose accounts anchor
 * correlation. Rejects FORBIDDEN, INVALID, NOT_FOUND, AMBIGUOUS, UNIQUENESS.
 */
export async function createSource(
  dependencies: CommitDependencies & TokenDependencies & { readonly store: RefStore },
  caller: Caller,
  request: SourceRequest,
  signal?: AbortSignal,
): Promise<{ readonly source: NodeId; readonly token: ShownToken }> {
  requireScope(caller, 'admin');
  const { store } = dependencies;
  const scope = readScopeOf(caller);
  const findTenant = () => resolveRef(store, scope, { ref: request.tenant, argument: 'tenant', kinds: ['Tenant'] });
  const tenant = (await findTenant()).node.id;
  const application =
    request.application === undefined
      ? undefined
      : await resolveRef(store, scope, { ref: request.application, argument: 'application', kinds: ['Application'] });
  const source = toSource(request, tenant, application?.node.id);
  const plan = async () => planOf(source, request, await findTenant());
  await commitChanges(
    dependencies,
    { meta: { actor: caller.name, source: source.id, cause: 'createSource' }, plan },
    signal,
  );
  return { source: source.id, token: await createSourceToken(dependencies, source) };
}

function toSource(request: SourceRequest, tenant: NodeId, application: NodeId | undefined): SourceNode {
  if (request.kind === 'APPLICATION' && application === undefined)
    throw new GraphError('INVALID', 'a source of kind `APPLICATION` needs the application whose accounts it holds', {
      argument: 'application',
    });
  const preset = getPreset(request.preset);
  const settings = changeSettings(
    { ...preset.settings, classification: request.classification ?? [] },
    { ...(request.dialect !== undefined && { dialect: request.dialect }), ...request.settings },
  );
  return {
    kind: 'Source',
    id: asNodeId(`src.${randomUUID()}`),
    tenant,
    slug: parseSlug(request.slug),
    sourceKind: request.kind,
    ...(application !== undefined && { application }),
    authoritative: request.authoritative ?? request.kind === 'IDP',
    emailsVerified: request.emailsVerified ?? preset.emailsVerified,
    absentMeansUnknown: false,
    nesting: request.nesting ?? preset.nesting,
    externalIdsUnique: request.externalIdsUnique ?? preset.externalIdsUnique,
    groupNamesUnique: request.groupNamesUnique ?? preset.groupNamesUnique,
    preset: request.preset,
    settings: toSettingsJson(settings),
  };
}

/** @throws GraphError INVALID where rules of correlation are given for a source that does not anchor it */
function planOf(source: SourceNode, request: SourceRequest, tenant: NodeVersion<TenantNode>): CommitPlan {
  const putSource = { kind: 'putNode', node: source } as const;
  const anchors = source.authoritative && tenant.node.anchorSource === undefined;
  if (!anchors && request.correlateBy !== undefined)
    throw new GraphError(
      'INVALID',
      "the tenant's first authoritative source says how accounts correlate; leave it out",
      {
        argument: 'correlateBy',
      },
    );
  if (!anchors) return { changes: [putSource] };
  const correlation = request.correlateBy ?? getPreset(request.preset).correlateBy;
  const anchored = { ...tenant.node, anchorSource: source.id, ...(correlation && { correlation }) };
  return {
    changes: [putSource, { kind: 'putNode', node: anchored }],
    expectations: [{ kind: 'version', node: anchored.id, version: tenant.stamps.version }],
  };
}
