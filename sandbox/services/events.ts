import { randomUUID } from 'node:crypto';
import * as events from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import type { Home } from '../home.ts';
import { TemplateError } from '../template/error.ts';
import { operation, type Service } from '../wire/service.ts';
import type { Functions } from './lambda.ts';
import { compilePattern } from './patterns.ts';
import type { Queues } from './sqs.ts';

type PutEvents = [events.PutEventsCommandInput, events.PutEventsCommandOutput];

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface EventEnvelope {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

const Target = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  DeadLetterConfig: z.looseObject({ Arn: z.string() }).optional(),
  RetryPolicy: z.json().optional(),
});
const RuleProperties = z.looseObject({
  EventPattern: z.json().optional(),
  EventBusName: z.string().default('default'),
  State: z.string().default('ENABLED'),
  Targets: z.array(Target).default([]),
});

interface Rule {
  readonly name: string;
  readonly bus: string;
  matches(event: unknown): boolean;
  readonly targets: readonly ((event: EventEnvelope) => void)[];
}

/** The event buses of the stack: rules that match hand an event to queues and functions. */
export class EventBus {
  readonly #home: Home;
  readonly #rules: readonly Rule[];

  /** Throws TemplateError for a pattern, target or transformation that is not implemented. */
  constructor(home: Home, functions: Functions, queues: Queues) {
    this.#home = home;
    this.#rules = home.stack
      .ofType('AWS::Events::Rule', RuleProperties)
      // One without a pattern is a schedule (schedules.ts).
      .filter(({ properties }) => properties.State === 'ENABLED' && properties.EventPattern !== undefined)
      .map(({ logicalId, name, properties }) => ({
        name,
        bus: properties.EventBusName,
        matches: compilePattern(properties.EventPattern, `${logicalId}.EventPattern`),
        targets: properties.Targets.map((target) => deliverTo(target.Arn, logicalId, functions, queues)),
      }));
  }

  /** Hands the event to every rule that matches; answers their names. */
  deliver(event: EventEnvelope, bus = 'default'): readonly string[] {
    const matching = this.#rules.filter((rule) => rule.bus === bus && rule.matches(event));
    const rules = matching.map((rule) => rule.name);
    this.#home.emit({ type: 'event-delivered', source: event.source, id: event.id, rules });
    for (const rule of matching) for (const deliver of rule.targets) deliver(event);
    return rules;
  }

  /** An event of this account, now. */
  publish(
    source: string,
    detailType: string,
    detail: object,
    resources: readonly string[] = [],
  ): EventEnvelope {
    const { account, region } = this.#home.stack.place;
    // EventBridge's times have no milliseconds.
    const time = this.#home
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account,
      time,
      region,
      resources,
      detail,
    };
  }
}

function deliverTo(
  arn: string,
  where: string,
  functions: Functions,
  queues: Queues,
): (event: EventEnvelope) => void {
  const queue = arn.startsWith('arn:aws:sqs:') ? queues.find(arn) : undefined;
  if (queue) return (event) => void queue.send(JSON.stringify(event));
  const pool = functions.find(arn);
  if (pool) return (event) => functions.invokeLater(pool, event);
  throw new TemplateError(where, `the target ${arn} is neither a queue nor a function of the stack`);
}

/** EventBridge's API, as far as the system calls it: PutEvents. */
export function eventsService(bus: EventBus): Service {
  return {
    signingName: 'events',
    protocol: 'awsJson1_1',
    schemas: events,
    operations: { PutEvents: putEvents(bus) },
  };
}

function putEvents(bus: EventBus) {
  return operation<PutEvents[0], PutEvents[1]>({
    requires: ({ Entries = [] }, caller, call) =>
      Entries.map(({ EventBusName = 'default', Source = '' }) => ({
        action: 'events:PutEvents',
        resource: busArn(EventBusName, caller.account, call.region),
        context: { 'events:source': Source },
      })),
    handle({ Entries = [] }) {
      const results = Entries.map((entry) => putEvent(bus, entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  });
}

/** Nobody but AWS itself speaks as AWS: a finding cannot be forged through the API. */
function putEvent(bus: EventBus, entry: events.PutEventsRequestEntry): events.PutEventsResultEntry {
  const { Source = '', DetailType = '', Detail = '{}', Resources, EventBusName = 'default' } = entry;
  if (Source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  const detail = parseDetail(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event = bus.publish(Source, DetailType, detail, Resources);
  bus.deliver(event, EventBusName.split('/').at(-1));
  return { EventId: event.id };
}

function parseDetail(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function busArn(name: string, account: string, region: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:events:${region}:${account}:event-bus/${name}`;
}
