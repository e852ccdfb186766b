import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { HandledEntity } from '../core/entity.ts';
import { defineExhibit, type Window } from '../core/exhibit.ts';
import { globalRegion, type TrailAttribute } from '../core/trail.ts';

/** LookupEvents answers two calls a second, 50 events each: so many pages for one question in one region. */
const PAGES = 3;

/** Whoever bloats his calls, 256 kB each at most, must not exhaust the function's memory: so much of one entity's. */
const MOST_CHARACTERS = 4_000_000;

type Send = (
  command: LookupEventsCommand,
  region: string,
) => Promise<{ readonly Events?: Event[] | undefined; readonly NextToken?: string | undefined }>;

interface Question {
  readonly attribute: TrailAttribute;
  readonly value: string;
  readonly region: string;
  readonly window: Window;
}

/** Events, and how many characters they take. */
interface Found {
  readonly events: readonly Event[];
  readonly characters: number;
  readonly truncated: boolean;
}

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
    const send: Send = (command, where) => account.send(command, where);
    const events = new Map<string, unknown>();
    let room = MOST_CHARACTERS;
    let truncated = false;
    for (const question of questionsAbout(target, account.region, window)) {
      const found = await read(question, room, send);
      for (const event of found.events) events.set(event.EventId ?? '', whole(event));
      room -= found.characters;
      truncated ||= found.truncated;
    }
    return { content: { window, events: [...events.values()] }, truncated };
  },
});

function questionsAbout(target: HandledEntity, home: string, window: Window): Question[] {
  const regions = [...new Set([home, globalRegion(home)])];
  return regions.flatMap((region) =>
    (questions[target.kind] ?? []).map((attribute) => {
      const value = attribute === 'ResourceName' ? resourceName(target) : target.id;
      return { attribute, value, region, window };
    }),
  );
}

/** The newest events that fit. */
async function read(question: Question, room: number, send: Send): Promise<Found> {
  const events: Event[] = [];
  let characters = 0;
  let NextToken: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await send(lookup(question, NextToken), question.region);
    for (const event of answer.Events ?? []) {
      const length = event.CloudTrailEvent?.length ?? 0;
      if (characters + length > room) return { events, characters, truncated: true };
      characters += length;
      events.push(event);
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) return { events, characters, truncated: false };
  }
  return { events, characters, truncated: true };
}

function lookup({ attribute, value, window }: Question, NextToken: string | undefined): LookupEventsCommand {
  return new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }],
    StartTime: window.from,
    EndTime: window.to,
    MaxResults: 50,
    NextToken,
  });
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
