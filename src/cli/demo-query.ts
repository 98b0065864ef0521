/** A service account, three nested groups from the keys of production: what it may do, and through which chain. */
export const demoQuery = `{
  inheritancePaths(identity: "nordwind/svc-ci-runner", permission: "cloud:policy.write", first: 1) {
    items { text bringingEdge { from { label } to { label } } }
  }
}`;

export const demoQueryAnswer = '';
