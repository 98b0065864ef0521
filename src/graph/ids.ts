import { createHash } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Names a node of any kind: ASCII, 1 to 128 of `A–Z a–z 0–9 _ . : -`. Never reused. */
export type NodeId = Branded<'NodeId'>;
/** Names an edge: the hash of what identifies it (`edgeId`). */
export type EdgeId = Branded<'EdgeId'>;
/** Made once by the caller, before any retry, so that a commit is stored once. */
export type CommitId = Branded<'CommitId'>;
/** Who states a fact: the id of a Source node, or one of the stators of `statements.ts`. */
export type StatementSource = Branded<'StatementSource'>;
/** Position in the log: 1 is the first commit, 0 is the empty graph. Gapless. */
export type Revision = number;

const idSyntax = /^[A-Za-z0-9_.:-]{1,128}$/;

export function isIdSyntax(text: string): boolean {
  return idSyntax.test(text);
}

/** Takes text whose spelling is known to be right; `settle` checks spelling of what is stored. */
export const asNodeId = (text: string): NodeId => text as NodeId;
export const asEdgeId = (text: string): EdgeId => text as EdgeId;
export const asCommitId = (text: string): CommitId => text as CommitId;
export const asStatementSource = (text: string): StatementSource => text as StatementSource;

/**
 * 128 bits of SHA-256 over the parts, in hex. Parts are length-prefixed, so that no two lists of parts collide by
 * moving a separator; an absent part differs from an empty one.
 */
export function hashOf(...parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part === undefined ? '-;' : `${Buffer.byteLength(part)}:${part};`);
  return hash.digest('hex').slice(0, 32);
}

/** The identity of an account that no rule joins to another: derived, so that it never changes. */
export const identityIdOf = (account: NodeId): NodeId => asNodeId(`idn.${hashOf('identity', account)}`);
/** The tenant's virtual group of all its identities. */
export const everyoneIdOf = (tenant: NodeId): NodeId => asNodeId(`grp.${hashOf('everyone', tenant)}`);
export const resourceIdOf = (application: NodeId, tenant: NodeId, path: string): NodeId =>
  asNodeId(`res.${hashOf('resource', application, tenant, path)}`);
export const roleIdOf = (application: NodeId, tenant: NodeId | undefined, name: string): NodeId =>
  asNodeId(`rol.${hashOf('role', application, tenant, name)}`);
/** `action` as the application spells it, folded by the caller where the application ignores letter case. */
export const permissionIdOf = (application: NodeId, plane: string, action: string): NodeId =>
  asNodeId(`prm.${hashOf('permission', application, plane, action)}`);
