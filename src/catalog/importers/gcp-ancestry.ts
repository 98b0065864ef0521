import type { GcpAncestors, GcpAsset, GcpItem } from './gcp-files.js';
import { refusal } from './platform-import.js';

type Searched = Extract<GcpItem, { readonly kind: 'searched' }>;
type Link = Extract<GcpItem, { readonly kind: 'link' }>;

/**
 * Search results name the folders above a resource in no order: one that contains another is above more resources. Two of
 * which neither is above more are above the same ones, so that their order changes nothing.
 */
export function assetsOfSearch(found: readonly Searched[]): readonly GcpAsset[] {
  const counts = new Map<string, number>();
  for (const { above } of found) for (const folder of above.folders) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  const countOf = (folder: string) => counts.get(folder) ?? 0;
  return found.map(({ asset, above }) => ({
    ...asset,
    ancestors: ancestorsOf(asset, {
      ...above,
      folders: [...above.folders].sort((a, b) => countOf(a) - countOf(b) || (a < b ? -1 : 1)),
    }),
  }));
}

/** @throws GraphError INVALID where it says of nothing that contains the resource */
function ancestorsOf(
  { name, file }: Pick<GcpAsset, 'name' | 'file'>,
  { project, folders, organization }: GcpAncestors,
): readonly string[] {
  const all = [project, ...folders, organization].filter((each) => each !== undefined && each !== null);
  if (all.length > 0) return all;
  throw refusal(
    `${file}#`,
    'NO_PLACE',
    `\`${name}\` belongs to no project, folder or organisation`,
    'search the whole organisation',
  );
}

/** A chain begins with its project, where it has one, and ends with its organisation. */
export function assetsOfChains(links: readonly Link[]): readonly GcpAsset[] {
  const chains: Link[][] = [];
  for (const each of links) {
    const last = chains.at(-1);
    const before = last?.at(-1);
    const goesOn = before?.asset.file === each.asset.file && before.at + 1 === each.at;
    if (last !== undefined && goesOn) last.push(each);
    else chains.push([each]);
  }
  return chains.flatMap((given) => {
    const chain = given.at(-1)?.link.startsWith('projects/') ? [...given].reverse() : given;
    return chain.map(({ asset }, at) => ({ ...asset, ancestors: chain.slice(at).map(({ link }) => link) }));
  });
}

/** Numbers by id: a project says both, and other assets say the id in their name and the number among their ancestors. */
export function projectNumbers(assets: readonly GcpAsset[]): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const { name, ancestors, data } of assets) {
    const number = /^projects\/(\d+)$/.exec(ancestors[0] as string)?.[1];
    const id = data.projectId ?? /\/projects\/([^/]+)/.exec(name)?.[1];
    if (number !== undefined && id !== undefined) numbers.set(id, number);
  }
  return numbers;
}

/** Each project by its number, where some asset says both. */
export function byNumber(assets: readonly GcpAsset[], numbers: ReadonlyMap<string, string>): readonly GcpAsset[] {
  return assets.map((asset) => ({
    ...asset,
    ancestors: asset.ancestors.map((ancestor) => {
      const number = ancestor.startsWith('projects/') ? numbers.get(ancestor.slice('projects/'.length)) : undefined;
      return number === undefined ? ancestor : `projects/${number}`;
    }),
  }));
}
