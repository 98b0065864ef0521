/**
 * Two tenants, acme and globex, with one application, `main`.
 * ci deploys through two groups; lone reads by itself and nobody owns it; agent acts for kim; kim owns ci and agent.
 * globex has a group of its own in which acme's ci is listed, and a spy whom acme may not see.
 */
export const company = `
  perm:deploy tier 1
  perm:read tier 3
  perm:audit tier 2
  svc:ci in group:build in group:eng has role:deployer@/prod grants perm:deploy
  role:deployer grants perm:read
  usr:kim in group:eng
  usr:kim owns svc:ci
  usr:kim owns agent:bot
  agent:bot can-act-as usr:kim on-behalf
  agent:bot can-act-as svc:lone
  svc:lone has role:reader@/ grants perm:read
  svc:ci in group:shared of source:globex-idp has role:auditor@/ grants perm:audit
  svc:spy of tenant:globex in group:secret of source:globex-idp has role:deployer@globex:main:/vault
`;
