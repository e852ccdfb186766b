import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import { defineTool } from '../core/account.ts';
import { Activity, summarise } from '../core/activity.ts';
import { lookupInput } from '../core/recent-calls.ts';
import { type Lookup, type Principal, readTrail } from '../core/trail.ts';

const DAYS = 7;

/** What a principal did, as CloudTrail has it. */
export const principalActivity = defineTool({
  id: 'principal-activity',
  title: 'Recent activity of a principal',
  description:
    'What a user, role or access key did in the last 7 days by CloudTrail (management events): calls by service and operation, source addresses, user agents, regions, errors, first and last call. `truncated`: there was more.',
  targets: ['user', 'role', 'access-key'],
  reads: [LookupEventsCommand],
  permissions: [{ actions: ['cloudtrail:LookupEvents'], resources: ['*'] }],
  output: z.strictObject({ days: z.number().int().positive(), ...Activity.shape }),
  tainted: ['/userAgents/*/text'],

  async ask(target, { account, now }) {
    const lookup: Lookup = (question) =>
      account.send(new LookupEventsCommand(lookupInput(question, now, DAYS)), question.region);
    const { id, arn, account: owner } = target;
    const kind: Principal['kind'] =
      target.kind === 'user' || target.kind === 'role' ? target.kind : 'access-key';
    const trail = await readTrail({ kind, id, account: owner, arn }, account.region, lookup);
    return { days: DAYS, ...summarise(trail) };
  },
});
