import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { getCaller, requireToken } from '../../http/bearer-auth.js';
import { GraphError } from '../../kernel/errors.js';
import { readScopeOf, requireAllTenants, requireScope } from '../../usecases/caller.js';
import { importPlatform } from '../../usecases/import-platform.js';
import { resolveRef } from '../../usecases/resolve-ref.js';
import type { Services } from '../../usecases/services.js';
import { filesOfLines, platformFilesType } from '../importers/file-lines.js';
import { parsePlatformFormat } from '../importers/importers.js';
import type { PlatformFile } from '../importers/platform-import.js';
import { dependenciesOf, findPrincipal, type ImportRoutesOptions, noteWrite, withSpooled } from './import-routes.js';
import type { Spooled } from './spool.js';

export interface PlatformRoutesOptions extends ImportRoutesOptions {
  readonly services: ImportRoutesOptions['services'] & Pick<Services, 'clock'>;
}

interface PlatformRoute {
  Params: { format: string; application: string };
  Querystring: { source?: string; takenAt?: string };
}

/**
 * `PUT /import/v1/{format}/{application}?source={tenant.source}&takenAt={RFC 3339}`: a platform's own files, which become
 * a catalogue and, where a source is named, a snapshot. Without `takenAt` they were taken now.
 */
export function registerPlatformImports(server: FastifyInstance, options: PlatformRoutesOptions): void {
  void server.register(async (scope) => {
    scope.addHook('onRequest', requireToken(options.authenticate));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.put<PlatformRoute>('/import/v1/:format/:application', { bodyLimit: options.documentLimitBytes }, (request) =>
      putFiles(options, request),
    );
  });
}

async function putFiles(
  { services, documentLimitBytes }: PlatformRoutesOptions,
  request: FastifyRequest<PlatformRoute>,
): Promise<object> {
  const caller = getCaller(request);
  requireScope(caller, 'catalog:write');
  requireAllTenants(caller);
  const format = parsePlatformFormat(request.params.format);
  const takenAt = parseInstant(request.query.takenAt);
  const ref = request.query.source;
  const found =
    ref === undefined
      ? undefined
      : await resolveRef(services.store, readScopeOf(caller), { ref, argument: 'source', kinds: ['Source'] });
  return withSpooled(request, documentLimitBytes, async (spooled) => {
    const { catalogue, snapshot, notes } = await importPlatform(
      { ...dependenciesOf(services), findPrincipal: (name, kinds) => findPrincipal(services, caller, name, kinds) },
      {
        format,
        application: request.params.application,
        ...(found && { source: found.node.id }),
        ...(takenAt !== undefined && { takenAt }),
        now: services.clock.now(),
        files: filesOf(spooled, request.headers['content-type']),
        actor: caller.name,
        requestId: request.id,
        onProgress: (progress) => request.log.info({ progress }, 'importing a platform'),
      },
    );
    if (snapshot) await noteWrite(services, request, snapshot.source);
    const shown = <Report extends { readonly revision: number }>(report: Report) => ({
      ...report,
      revision: services.opaque.printRevision(report.revision),
    });
    return { catalogue: shown(catalogue), ...(snapshot && { snapshot: shown(snapshot) }), notes };
  });
}

/** @throws GraphError INVALID */
function parseInstant(text: string | undefined): string | undefined {
  if (text === undefined || z.iso.datetime({ offset: true }).safeParse(text).success) return text;
  const message = `\`${text}\` is no time; write it like \`2026-11-24T02:00:00Z\``;
  throw new GraphError('INVALID', message, { argument: 'takenAt' });
}

async function* filesOf(spooled: Spooled, contentType: string | undefined): AsyncGenerator<PlatformFile> {
  if (contentType?.split(';')[0]?.trim().toLowerCase() === platformFilesType) yield* filesOfLines(spooled.lines());
  else yield { name: 'body', pieces: spooled.pieces() };
}
