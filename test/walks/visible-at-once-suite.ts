import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAcme, type WholeService } from './whole-service.js';

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const nonHumanSchema = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Writes over SCIM and questions over GraphQL of one service, from connection to answer. */
export function describeVisibleAtOnce(name: string, startService: () => Promise<WholeService>): void {
  describe(`a write over SCIM, ${name},`, () => {
    let service: WholeService;
    let idp: { readonly scimBaseUrl: string; readonly token: string };
    let user: string;
    let group: string;

    beforeAll(async () => {
      service = await startService();
      ({ idp } = await makeAcme(service));
      const push = async (path: string, body: object) =>
        (await service.send('POST', `${idp.scimBaseUrl}${path}`, body, idp.token)).body.id as string;
      user = await push('/Users', {
        schemas: [userSchema, nonHumanSchema],
        userName: 'svc-sync',
        externalId: 'u1',
        [nonHumanSchema]: { type: 'service_account' },
      });
      group = await push('/Groups', { schemas: [groupSchema], displayName: 'CRM admins', externalId: 'g1' });
      const snapshot = [
        { kind: 'header', format: 'idgraph/snapshot/v1', id: 's1', takenAt: '2026-01-01T00:00:00Z' },
        { kind: 'assignment', principal: { source: 'idp', externalId: 'g1' }, role: 'admin' },
        { kind: 'trailer', counts: { assignment: 1 } },
      ];
      const lines = snapshot.map((line) => `${JSON.stringify(line)}\n`).join('');
      expect((await service.send('PUT', '/snapshot/v1/acme/crm', lines)).status).toBe(200);
    });
    afterAll(() => service.stop());

    const patchMembers = (operation: object) =>
      service.send(
        'PATCH',
        `${idp.scimBaseUrl}/Groups/${group}`,
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] },
        idp.token,
      );
    const seen = async () =>
      (
        await service.ask(`{
        identity(ref: "acme/svc-sync") { ... on Identity { access { effectivePermissions { items { permission { ref } origins } } } } }
        inheritancePaths(identity: "acme/svc-sync", permission: "crm:user.manage") { items { text } }
      }`)
      ).data;

    it('is seen by the next query: a member that is added has the permission and its path, one that is removed has not', async () => {
      const nothing = {
        identity: { access: { effectivePermissions: { items: [] } } },
        inheritancePaths: { items: [] },
      };
      expect(await seen()).toEqual(nothing);

      expect((await patchMembers({ op: 'add', path: 'members', value: [{ value: user }] })).status).toBe(204);
      expect(await seen()).toEqual({
        identity: {
          access: {
            effectivePermissions: {
              items: [
                { permission: { ref: 'crm:user.manage' }, origins: ['INHERITED'] },
                { permission: { ref: 'crm:contact.read' }, origins: ['INHERITED'] },
              ],
            },
          },
        },
        inheritancePaths: {
          items: [
            {
              text: 'acme/svc-sync -HAS_ACCOUNT-> acme.idp/svc-sync -MEMBER_OF-> acme.idp/CRM admins -ASSIGNED-> crm:admin -GRANTS-> crm:user.manage @ crm:/acme',
            },
          ],
        },
      });

      expect((await patchMembers({ op: 'remove', path: `members[value eq "${user}"]` })).status).toBe(204);
      expect(await seen()).toEqual(nothing);
    });

    it('names the revision that a later query may wait for', async () => {
      const { headers } = await patchMembers({ op: 'add', path: 'members', value: [{ value: user }] });
      const revision = headers.get('graph-revision');
      const { data } = await service.ask(`{
      identity(ref: "acme/svc-sync", asOf: { atLeastRevision: "${revision}" }) { ... on Identity { access { summary { total } } } } }`);
      expect(data).toEqual({ identity: { access: { summary: { total: 2 } } } });
    });

    it('is kept when the account is disabled: the access is latent, and effective again when it is enabled', async () => {
      const setActive = (active: boolean) =>
        service.send(
          'PATCH',
          `${idp.scimBaseUrl}/Users/${user}`,
          {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: [{ op: 'Replace', path: 'active', value: active ? 'True' : 'False' }],
          },
          idp.token,
        );
      const summary = async () =>
        (
          await service.ask(
            '{ identity(ref: "acme/svc-sync") { ... on Identity { state access { summary { total latent } } } } }',
          )
        ).data;
      expect((await setActive(false)).status).toBe(200);
      expect(await summary()).toEqual({
        identity: { state: 'SUSPENDED', access: { summary: { total: 0, latent: 2 } } },
      });
      await setActive(true);
      expect(await summary()).toEqual({ identity: { state: 'ACTIVE', access: { summary: { total: 2, latent: 0 } } } });
    });
    it('changes who can, over which chain, and what is found', async () => {
      const asked = async () =>
        (
          await service.ask(`{
          whoCan(permission: "crm:user.manage") { items { identity { ref } origins leastDepth } totalCount }
          findings(filter: { rule: ["nhi-inherits-privileged-role"] }) {
            nodes { identity { ref } bringingEdge { kind from { ref } to { ref } } } } }`)
        ).data;
      const bringingEdge = {
        kind: 'MEMBER_OF',
        from: { ref: 'acme.idp/svc-sync' },
        to: { ref: 'acme.idp/CRM admins' },
      };
      expect(await asked()).toEqual({
        whoCan: {
          items: [{ identity: { ref: 'acme/svc-sync' }, origins: ['INHERITED'], leastDepth: 4 }],
          totalCount: 1,
        },
        findings: { nodes: [{ identity: { ref: 'acme/svc-sync' }, bringingEdge }] },
      });
      expect((await patchMembers({ op: 'remove', path: `members[value eq "${user}"]` })).status).toBe(204);
      expect(await asked()).toEqual({ whoCan: { items: [], totalCount: 0 }, findings: { nodes: [] } });
    });

    it('that deletes a group, or the account, is seen in what it gave and in what was found', async () => {
      const joining = { op: 'add', path: 'members', value: [{ value: user }] };
      const found = async () =>
        (
          await service.ask(`{
          identity(ref: "acme/svc-sync") { ... on Identity { state access { summary { total latent } } } }
          whoCan(permission: "crm:user.manage") { totalCount }
          findings(orderBy: OPENED_AT) { nodes { rule { id } identity { ref } } } }`)
        ).data;
      const holds = (rule: string) => ({ rule: { id: rule }, identity: { ref: 'acme/svc-sync' } });
      const gone = (path: string) => service.send('DELETE', `${idp.scimBaseUrl}${path}`, '', idp.token);

      expect((await patchMembers(joining)).status).toBe(204);
      expect(await found()).toEqual({
        identity: { state: 'ACTIVE', access: { summary: { total: 2, latent: 0 } } },
        whoCan: { totalCount: 1 },
        findings: { nodes: expect.arrayContaining([holds('nhi-inherits-privileged-role'), holds('orphaned-nhi')]) },
      });
      expect((await gone(`/Groups/${group}`)).status).toBe(204);
      expect(await found()).toEqual({
        identity: { state: 'ACTIVE', access: { summary: { total: 0, latent: 0 } } },
        whoCan: { totalCount: 0 },
        findings: { nodes: [holds('orphaned-nhi')] },
      });
      expect((await gone(`/Users/${user}`)).status).toBe(204);
      expect(await found()).toEqual({
        identity: { state: 'DECOMMISSIONED', access: { summary: { total: 0, latent: 0 } } },
        whoCan: { totalCount: 0 },
        findings: { nodes: [] },
      });
    });
  });
}
