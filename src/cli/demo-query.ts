/** A service account, three nested groups from the keys of production: through exactly which chain, and what to cut. */
export const demoQuery = `{
  inheritancePaths(identity: "nordwind/svc-ci-runner", permission: "cloud:policy.write", first: 1) {
    items { text bringingEdge { from { label } to { label } } }
  }
}`;

/** What the sample company makes of it; a test asks and compares. */
export const demoAnswer = {
  inheritancePaths: {
    items: [
      {
        text: 'nordwind/svc-ci-runner -HAS_ACCOUNT-> nordwind.entra/svc-ci-runner -MEMBER_OF-> nordwind.entra/CI Runners -MEMBER_OF-> nordwind.entra/Build Platform -MEMBER_OF-> nordwind.entra/Cloud Operators -ASSIGNED-> cloud:owner -GRANTS-> cloud:policy.write @ cloud:/nordwind',
        bringingEdge: { from: { label: 'svc-ci-runner' }, to: { label: 'CI Runners' } },
      },
    ],
  },
};
