import * as z from 'zod';
import { defineTool } from '../../core/account.ts';
import { FootholdCall } from '../../core/foothold-call.ts';
import { entitiesOf } from './entities.ts';
import { permissions, readFootholdCalls, reads, standingFootholds } from './read.ts';

const HOURS = 24;

/** What a principal made by which it, or whoever holds its credentials, can come back. */
export const principalFootholds = defineTool({
  id: 'principal-footholds',
  title: 'Ways back in that a principal made',
  description:
    'Access keys, users, roles and console logins that a user or access key made in the last 24 h, and roles whose trust it changed, by CloudTrail, as far as they are still there. They become entities, on which a plan may answer what was made. `truncated`: there was more.',
  targets: ['user', 'access-key'],
  reads,
  permissions,
  output: z.strictObject({
    hours: z.number().int().positive(),
    made: z.array(
      z.strictObject({
        call: FootholdCall,
        kind: z.enum(['access-key', 'user', 'role']),
        id: z.string(),
        /** Of an access key: its user's name. */
        of: z.string().optional(),
        at: z.string(),
        event: z.string(),
      }),
    ),
    truncated: z.boolean(),
  }),
  tainted: ['/made/*/id', '/made/*/of'],
  found: ({ made }, target) => entitiesOf(made, target),

  async ask(target, { account }) {
    const calls = await readFootholdCalls(account);
    const { made, truncated } = await standingFootholds(calls, target, account);
    return {
      hours: HOURS,
      made: made.map(({ uniqueId: _, of, ...foothold }) => ({ ...foothold, ...(of ? { of } : {}) })),
      truncated,
    };
  },
});
