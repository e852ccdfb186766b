import type { Incident } from '../../functions/core/incident.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { parseEnvelope } from '../../functions/sources/normalise.ts';
import type { CloudEvent } from '../../sandbox/events.ts';
import { findingAbout, type Victim } from '../e2e/victims.ts';
import { traces } from './traces.ts';
import type { World } from './world.ts';

/** What came of one incident from its finding to its end, with times and generated ids taken out. */
export interface Course {
  readonly statuses: readonly string[];
  /** The victim's part of the account: attacked, contained, and after the rollback. */
  readonly accounts: readonly string[];
  readonly effects: readonly string[];
  readonly decisions: readonly string[];
  /** Mails and messages that told of the incident, by their subject. */
  readonly told: readonly string[];
}

export function incidentOf(victim: Victim): string {
  const [finding] = parseEnvelope(findingAbout(victim));
  if (!finding) throw new Error(`the finding about victim ${victim.number} is none`);
  return proposedIncident(finding);
}

export type Phase = 'response' | 'rollback';

/** Lets one finding in at a time, so that a batch of the queue never holds two. */
let door: Promise<unknown> = Promise.resolve();

/**
 * Finding, approval, containment, rollback: the whole way of an incident, whoever is killed on it. `arm` is called
 * before the finding comes and before the rollback is asked for.
 */
export async function run(
  world: World,
  victim: Victim,
  arm: (phase: Phase) => void = () => undefined,
): Promise<Course> {
  arm('response');
  const id = incidentOf(victim);
  const accounts = [traces(world, victim)];
  const statuses: string[] = [];
  const rest = async (): Promise<Incident> => {
    const incident = await world.session.ledger.read(id);
    statuses.push(incident.status);
    return incident;
  };
  const stopped = restOf(world, id);
  door = door.then(() => letIn(world, victim));
  await door;
  await stopped;
  let incident = await rest();
  if (incident.status === 'awaiting-approval') {
    await answer(world, incident, 'decision', { outcome: 'approve', reason: 'it is an attack' });
    incident = await rest();
    accounts.push(traces(world, victim));
  }
  if (incident.status === 'contained') {
    arm('rollback');
    await answer(world, incident, 'rollback', { reason: 'it was a drill' });
    incident = await rest();
  }
  accounts.push(traces(world, victim));
  return { statuses, accounts, ...recordOf(incident), told: toldOf(world, id) };
}

/** Until the function that takes findings in has done so: a killed one is called again. */
async function letIn({ session, bell }: World, victim: Victim): Promise<void> {
  const taken = bell.next(
    `the finding about victim ${victim.number}`,
    (event) =>
      event.type === 'function-ended' && event.function === 'sallyport-ingest' && !('errorType' in event),
  );
  await session.deliver(findingAbout(victim));
  await taken;
}

/** Its execution waits for a person, or has ended. */
function restOf({ bell }: World, id: string): Promise<CloudEvent> {
  return bell.next(
    `incident ${id}`,
    (event) =>
      (event.type === 'state-waiting' || event.type === 'execution-ended') && event.execution.startsWith(id),
  );
}

/** A person asks again when the console did not answer; what had been recorded by then is no error. */
async function answer(
  world: World,
  { id, plan }: Incident,
  route: 'decision' | 'rollback',
  body: object,
): Promise<void> {
  const stopped = restOf(world, id);
  // Who waits here is told of by the loop below; a rejection that comes earlier must not end the process.
  stopped.catch(() => undefined);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const path = `/api/incidents/${id}/${route}`;
    const { status, answer: said } = await world.session.ask(path, {
      ...body,
      manifestHash: plan?.manifestHash,
    });
    if (status < 300 || (attempt > 0 && status === 409)) {
      await stopped;
      return;
    }
    if (status < 500) throw new Error(`${path} answered ${status}: ${JSON.stringify(said)}`);
  }
  throw new Error(`${id}: the console could not be asked`);
}

function recordOf({ timeline }: Incident): Pick<Course, 'effects' | 'decisions'> {
  const of = (chain: string) =>
    timeline
      .filter((recorded) => recorded.chain === chain)
      .map(({ entry }) =>
        ['actionId', 'direction', 'purpose', 'cause', 'message']
          .flatMap((field) =>
            Object.entries(entry).flatMap(([name, value]) => (name === field ? [value] : [])),
          )
          .reduce((text, value) => `${text} ${String(value)}`, entry.type),
      );
  return { effects: of('effect'), decisions: of('decision') };
}

function toldOf({ cloud }: World, id: string): string[] {
  const mails = cloud
    .mails()
    .filter(({ text }) => text.includes(id))
    .map(({ subject, to }) => `mail to ${to.join()}: ${subject}`);
  const messages = cloud
    .messages()
    .filter((message) => JSON.stringify(message).includes(id))
    .map(({ text }) => `chat: ${text}`);
  return [...mails, ...messages].map((text) => text.replaceAll(id, '(incident)'));
}
