/** The kinds of nodes, in the order in which they are streamed and exported everywhere. */
export const NODE_KINDS = [
  'Tenant',
  'Source',
  'Application',
  'Resource',
  'Identity',
  'Account',
  'Group',
  'Role',
  'Permission',
  'PendingReference',
  'Document',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];
