import { runBulk } from './bulk.js';
import type { ScimLimits } from './scim-context.js';
import { sendScim } from './scim-reply.js';
import type { ScimRoute } from './scim-route.js';

/** `/Bulk` (RFC 7644 §3.7). */
export function createBulkRoute({ bulkBytes }: ScimLimits): ScimRoute {
  return {
    path: '/Bulk',
    bodyLimit: bulkBytes,
    handlers: { POST: async (context, request, reply) => sendScim(reply, 200, await runBulk(context, request)) },
  };
}
