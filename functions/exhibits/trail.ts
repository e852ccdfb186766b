import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { HandledEntity } from '../core/entity.ts';
import { defineExhibit, type Window } from '../core/exhibit.ts';
import { globalRegion, type TrailAttribute } from '../core/trail.ts';

/** LookupEvents answers two calls a second, 50 events each: so many pages for one question in one region. */
const PAGES = 3;

type Send = (
  command: LookupEventsCommand,
  region: string,
) => Promise<{ readonly Events?: Event[] | undefined; readonly NextToken?: string | undefined }>;

/** By which attributes an entity's events are found. A session name may be another's as well: who reads it compares. */
const questions: Readonly<Partial<Record<HandledEntity['kind'], readonly TrailAttribute[]>>> = {
  'access-key': ['AccessKeyId'],
  user: ['Username'],
  role: ['Username', 'ResourceName'],
  // The session of an instance's role carries the instance's id.
  instance: ['Username', 'ResourceName'],
};

/** Whole events, newest first, as CloudTrail keeps them: management events only, which it keeps for 90 days. */
export const trail = defineExhibit({
  id: 'trail',
  title: 'What CloudTrail recorded of it in the hours around the finding',
  targets: ['instance', 'user', 'role', 'access-key'],
  occasions: ['before-change'],
  reads: [LookupEventsCommand],
  permissions: [{ actions: ['cloudtrail:LookupEvents'], resources: ['*'] }],

  async collect(target, { account, window }) {
    const regions = [...new Set([account.region, globalRegion(account.region)])];
    const events = new Map<string, unknown>();
    let truncated = false;
    for (const region of regions)
      for (const attribute of questions[target.kind] ?? []) {
        const value = attribute === 'ResourceName' ? resourceName(target) : target.id;
        const send: Send = (command, where) => account.send(command, where);
        const page = await read({ attribute, value, region, window }, send);
        for (const event of page.events) events.set(event.EventId ?? '', whole(event));
        truncated ||= page.truncated;
      }
    return { content: { window, events: [...events.values()] }, truncated };
  },
});

async function read(
  question: {
    readonly attribute: TrailAttribute;
    readonly value: string;
    readonly region: string;
    readonly window: Window;
  },
  send: Send,
): Promise<{ readonly events: readonly Event[]; readonly truncated: boolean }> {
  const { attribute, value, region, window } = question;
  const events: Event[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
        StartTime: window.from,
        EndTime: window.to,
        MaxResults: 50,
        NextToken,
      }),
      region,
    );
    events.push(...(answer.Events ?? []));
    NextToken = answer.NextToken;
    if (NextToken === undefined) return { events, truncated: false };
  }
  return { events, truncated: true };
}

/** As CloudTrail names resources: a role by its ARN, an instance by its id. */
function resourceName({ kind, id, arn }: HandledEntity): string {
  return kind === 'role' ? (arn ?? id) : id;
}

/** The record itself; what is no JSON stays the text that it is. */
function whole({ CloudTrailEvent: text = '' }: Event): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
