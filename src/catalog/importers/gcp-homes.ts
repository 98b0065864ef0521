import { projectNumbers } from './gcp-ancestry.js';
import type { GcpAsset } from './gcp-files.js';
import type { RowBook } from './platform-import.js';

/** A service account, and the resource that it is. */
export interface GcpHome {
  /** The externalId of its account. */
  readonly account: string;
  readonly path: string;
}

const inProject = /^serviceAccount:[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/;
const ofEngine = /^serviceAccount:(?:(\d+)-compute@developer|([^@]+)@appspot)\.gserviceaccount\.com$/;

/**
 * Service accounts that are bound somewhere and no asset describes: their address says in which project they live. Those of
 * Google's own projects, and of projects that no asset is of, live nowhere here.
 */
export function homesByAddress(
  assets: readonly GcpAsset[],
  pathOf: (asset: GcpAsset) => string,
  rows: RowBook,
): readonly GcpHome[] {
  const numbers = projectNumbers(assets);
  const paths = new Map(
    assets.map((asset) => {
      const project = { ...asset, type: 'cloudresourcemanager.googleapis.com/Project' };
      return [asset.ancestors[0] as string, pathOf(project)] as const;
    }),
  );
  return [...rows.rowsOf('account')].flatMap(({ externalId }) => {
    const [, compute, engine] = ofEngine.exec(externalId) ?? [];
    const project = compute ?? engine ?? inProject.exec(externalId)?.[1];
    const above = project === undefined ? undefined : paths.get(`projects/${numbers.get(project) ?? project}`);
    if (above === undefined) return [];
    const email = externalId.slice('serviceAccount:'.length);
    const name = `iam.googleapis.com/projects/${project}/serviceAccounts/${email}`;
    return [{ account: externalId, path: `${above}/${name.replaceAll('/', '\u2215')}` }];
  });
}
