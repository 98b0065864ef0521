export const beginRestore = `MATCH (h:Head {name: 'head'}) SET h.restoring = $restore`;
export const endRestore = `
  MATCH (h:Head {name: 'head'})
  SET h += $head REMOVE h.restoring`;
export const abandonRestore = `MATCH (h:Head {name: 'head'}) WHERE h.restoring = $restore REMOVE h.restoring`;

const wipe = (label: string) => `
  MATCH (n:${label}) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS`;
/** Whole labels, of a store that is nobody's yet; what is beside the graph stays. */
export const wipeGraph: readonly string[] = ['Value', 'Entity', 'ClosedNode', 'ClosedEdge', 'CommitPart', 'Commit'].map(
  wipe,
);
