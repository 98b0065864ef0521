import { randomUUID } from 'node:crypto';
import type { CorrelationRule } from '../src/graph/node.js';
import { parseClassification } from '../src/graphql/classification-input.js';
import type { GraphContext } from '../src/graphql/context.js';
import type {
  Resolvers,
  CorrelationRule as RuleName,
  SourceSettingsInput,
} from '../src/graphql/generated/resolver-types.js';
import { given } from '../src/graphql/given.js';
import type { Written } from '../src/graphql/models.js';
import { orProblem, problemTypeOf } from '../src/graphql/problem.js';
import { getNode, readNode } from '../src/graphql/read-node.js';
import { requireAllTenants } from '../src/usecases/caller.js';
import { setClassification } from '../src/usecases/classify-source.js';
import { createCommitPart } from '../src/usecases/commit-changes.js';
import { createSource } from '../src/usecases/create-source.js';
import { createTenant } from '../src/usecases/create-tenant.js';
import { createToken, revokeToken } from '../src/usecases/create-token.js';
import { importCatalogue } from '../src/usecases/import-catalogue.js';
import { installApplication } from '../src/usecases/install-application.js';
import { rotateToken } from '../src/usecases/rotate-token.js';
import { setOwners } from '../src/usecases/set-owners.js';
import { setSourceSettings } from '../src/usecases/set-source-settings.js';
import type { SettingsRequest } from '../src/usecases/source-settings.js';
import { listOwners } from './identity.js';
import { scimBaseUrlOf } from './tenant.js';

const correlationRules = {
  EXTERNAL_ID: 'externalId',
  USER_NAME: 'userName',
  EMPLOYEE_NUMBER: 'employeeNumber',
  EMAIL: 'email',
} as const satisfies Record<RuleName, CorrelationRule>;

function toSettingsRequest(input: SourceSettingsInput): SettingsRequest {
  const { limits, ...settings } = given(input);
  return { ...settings, ...(limits && { limits: given(limits) }) };
}

/** What a result is: a problem, or what the write made. */
const resultIs = <Name extends string>(name: Name) => ({
  __resolveType: (model: object) => problemTypeOf(model) ?? name,
});

/** A write answers once it is visible here, so the engine's own revision shows it. */
const revision = (_written: Written, _args: object, { services }: GraphContext): string =>
  services.opaque.printRevision(services.engine.revision());

/** Writes. */
export const mutationResolvers: Resolvers = {
  Mutation: {
    createTenant: (_mutation, args, { services, caller, signal }) =>
      orProblem(async () => ({ id: await createTenant(services, caller, given(args), signal) })),
    createSource: (_mutation, { input }, { services, caller, signal }) =>
      orProblem(async () => {
        const { classification, correlateBy, preset, settings, ...rest } = given(input);
        const { source, token } = await createSource(
          services,
          caller,
          {
            ...rest,
            preset: preset ?? 'generic',
            ...(settings && { settings: toSettingsRequest(settings) }),
            ...(classification && { classification: parseClassification(classification) }),
            ...(correlateBy && { correlateBy: correlateBy.map((rule) => correlationRules[rule]) }),
          },
          signal,
        );
        return { id: source, token };
      }),
    rotateSourceToken: (_mutation, { source, overlap }, { services, caller }) =>
      orProblem(async () => {
        const rotated = await rotateToken(services, caller, { source, overlap });
        return { id: rotated.source, token: rotated.token };
      }),
    createToken: (_mutation, { input }, { services, caller }) =>
      orProblem(async () => {
        const { id, token, expiresAt } = await createToken(services, caller, given(input));
        return { id, token, expiresAt: expiresAt ?? null };
      }),
    revokeToken: (_mutation, { id }, { services, caller }) =>
      orProblem(async () => {
        await revokeToken(services, caller, id);
        return { id };
      }),
    setSourceSettings: (_mutation, { source, settings }, { services, caller, signal }) =>
      orProblem(async () => {
        const request = { source, settings: toSettingsRequest(settings) };
        return { id: await setSourceSettings(services, caller, request, signal) };
      }),
    setClassification: (_mutation, { source, rules }, { services, caller, signal }) =>
      orProblem(async () => {
        const request = { source, rules: parseClassification(rules) };
        const set = await setClassification(services, caller, request, signal);
        return { id: set.source, changes: set.changes };
      }),
    importCatalogue: (_mutation, { document, application }, { services, caller, signal, requestId }) =>
      orProblem(async () => {
        requireAllTenants(caller);
        const report = await importCatalogue(
          { store: services.store, commit: createCommitPart(services, signal), createId: randomUUID },
          { text: document, actor: caller.name, requestId, ...(application && { application }) },
        );
        return { id: report.application, parts: report.parts };
      }),
    installApplication: (_mutation, args, { services, caller, signal }) =>
      orProblem(async () => ({ id: await installApplication(services, caller, given(args), signal) })),
    setOwners: (_mutation, args, { services, caller, signal }) =>
      orProblem(async () => ({ id: await setOwners(services, caller, args, signal) })),
  },
  TenantCreated: { tenant: ({ id }, _args, context) => getNode(context, id, 'Tenant'), revision },
  SourceCreated: {
    source: ({ id }, _args, context) => getNode(context, id, 'Source'),
    scimBaseUrl: async ({ id }, _args, context) => scimBaseUrlOf(await getNode(context, id, 'Source'), context),
    token: ({ token }) => token.token,
    tokenExpiresAt: ({ token }) => token.expiresAt ?? null,
    revision,
  },
  SettingsSet: { source: ({ id }, _args, context) => getNode(context, id, 'Source'), revision },
  ClassificationSet: { source: ({ id }, _args, context) => getNode(context, id, 'Source'), revision },
  CatalogueImported: { application: ({ id }, _args, context) => getNode(context, id, 'Application'), revision },
  ApplicationInstalled: { root: ({ id }, _args, context) => getNode(context, id, 'Resource'), revision },
  OwnersSet: {
    target: ({ id }, _args, context) => readNode(context, id),
    owners: async ({ id }, args, context) => {
      const target = await context.loaders.node(id);
      return target === undefined ? [] : listOwners(target, args, context);
    },
    revision,
  },
  CreateTenantResult: resultIs('TenantCreated'),
  CreateSourceResult: resultIs('SourceCreated'),
  RotateResult: resultIs('SourceCreated'),
  CreateTokenResult: resultIs('TokenCreated'),
  RevokeResult: resultIs('TokenRevoked'),
  SetSettingsResult: resultIs('SettingsSet'),
  SetClassificationResult: resultIs('ClassificationSet'),
  ImportCatalogueResult: resultIs('CatalogueImported'),
  InstallResult: resultIs('ApplicationInstalled'),
  SetOwnersResult: resultIs('OwnersSet'),
};
