import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NodeId } from '../../graph/ids.js';
import type { NodeKind } from '../../graph/node.js';
import { type Authenticate, getCaller, requireToken } from '../../http/bearer-auth.js';
import { HttpStatusError } from '../../http/http-status-error.js';
import { isGraphError } from '../../kernel/errors.js';
import { type Caller, readScopeOf, requireAllTenants, requireScope } from '../../usecases/caller.js';
import { createCommitPart } from '../../usecases/commit-changes.js';
import { importCatalogue } from '../../usecases/import-catalogue.js';
import { importSnapshot } from '../../usecases/import-snapshot.js';
import { resolveRef } from '../../usecases/resolve-ref.js';
import type { Services } from '../../usecases/services.js';
import { maxSnapshotLineBytes } from '../snapshot-reader.js';
import { type Spooled, spoolLimited } from './spool.js';

export interface ImportRoutesOptions {
  readonly services: Pick<Services, 'store' | 'side' | 'engine' | 'opaque' | 'clock'>;
  readonly authenticate: Authenticate;
  /** The largest document that is taken, in bytes. */
  readonly documentLimitBytes: number;
}

/**
 * `PUT /catalog/v1/{application}`: a catalogue document, JSON or YAML. `PUT /snapshot/v1/{tenant}/{source}`: a snapshot, JSON
 * lines. Both answer with a report of what changed. A document is read whole before anything is written, and once
 * writing has begun it is finished even if the caller has gone.
 */
export function registerImports(server: FastifyInstance, options: ImportRoutesOptions): void {
  void server.register(async (scope) => {
    scope.addHook('onRequest', requireToken(options.authenticate));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put<{ Params: { application: string } }>(
      '/catalog/v1/:application',
      { bodyLimit: options.documentLimitBytes },
      (request) => putCatalogue(options, request),
    );
    scope.put<{ Params: { tenant: string; source: string } }>(
      '/snapshot/v1/:tenant/:source',
      { bodyLimit: options.documentLimitBytes },
      (request) => putSnapshot(options, request),
    );
  });
}

async function putCatalogue(
  { services, documentLimitBytes }: ImportRoutesOptions,
  request: FastifyRequest<{ Params: { application: string } }>,
): Promise<object> {
  const caller = getCaller(request);
  requireScope(caller, 'catalog:write');
  requireAllTenants(caller);
  return withSpooled(request, documentLimitBytes, async (spooled) => {
    const report = await importCatalogue(dependenciesOf(services), {
      text: await spooled.text(),
      application: request.params.application,
      actor: caller.name,
      requestId: request.id,
      onProgress: (progress) => request.log.info({ progress }, 'importing a catalogue'),
    });
    return { ...report, revision: services.opaque.printRevision(report.revision) };
  });
}

async function putSnapshot(
  { services, documentLimitBytes }: ImportRoutesOptions,
  request: FastifyRequest<{ Params: { tenant: string; source: string } }>,
): Promise<object> {
  const caller = getCaller(request);
  requireScope(caller, 'catalog:write');
  const { store } = services;
  const { tenant, source } = request.params;
  const ref = `${tenant}.${source}`;
  const found = await resolveRef(store, readScopeOf(caller), { ref, argument: 'source', kinds: ['Source'] });
  return withSpooled(request, documentLimitBytes, async (spooled) => {
    const report = await importSnapshot(
      { ...dependenciesOf(services), findPrincipal: (name, kinds) => findPrincipal(services, caller, name, kinds) },
      {
        source: found.node.id,
        lines: () => spooled.lines(maxSnapshotLineBytes),
        now: services.clock.now(),
        actor: caller.name,
        requestId: request.id,
        onProgress: (progress) => request.log.info({ progress }, 'importing a snapshot'),
      },
    );
    await noteWrite(services, request, report.source);
    return { ...report, revision: services.opaque.printRevision(report.revision) };
  });
}

/** What imports need of the services. */
export function dependenciesOf(services: ImportRoutesOptions['services']) {
  return { store: services.store, commit: createCommitPart(services), createId: randomUUID };
}

/**
 * Notes in the source's health that it has written, as for SCIM even where that changed nothing. What has been imported
 * is so whether this is kept or not.
 */
export async function noteWrite(
  { side, clock }: Pick<Services, 'side' | 'clock'>,
  { log }: Pick<FastifyRequest, 'log'>,
  source: NodeId,
): Promise<void> {
  const now = clock.now();
  await side.addHealth(source, now, {}, now).catch((error) => log.error({ err: error }, 'health was not kept'));
}

/** Whom a printed name means to that caller; absent: nobody, or several. */
export async function findPrincipal(
  { store }: Pick<Services, 'store'>,
  caller: Caller,
  ref: string,
  kinds: readonly NodeKind[],
) {
  try {
    return (await resolveRef(store, readScopeOf(caller), { ref, argument: 'ref', kinds })).node.id;
  } catch (error) {
    if (isGraphError(error, 'NOT_FOUND') || isGraphError(error, 'AMBIGUOUS')) return undefined;
    throw error;
  }
}

/** Keeps the body in a file of its own while `use` runs, so that memory does not grow with it. */
export async function withSpooled(
  request: FastifyRequest,
  limitBytes: number,
  use: (spooled: Spooled) => Promise<object>,
): Promise<object> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new HttpStatusError(415, `the encoding \`${encoding}\` is not taken; send the document as it is`);
  const folder = await mkdtemp(join(tmpdir(), 'identity-graph-import-'));
  try {
    return await use(await spoolLimited(request.body as Readable, join(folder, 'body'), limitBytes));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
