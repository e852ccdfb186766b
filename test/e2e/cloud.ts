import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDirectory } from '../../cli/assembly.ts';
import { follow } from '../../cli/follow.ts';
import { silent } from '../../cli/print.ts';
import { openSession, type Session } from '../../cli/session.ts';
import type { Mode } from '../../functions/core/decision.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { proposedIncident } from '../../functions/response/correlate.ts';
import { parseEnvelope } from '../../functions/sources/normalise.ts';
import { type CloudOptions, type LaptopCloud, startCloud } from '../../sandbox/cloud.ts';
import { readCloudFile } from '../../sandbox/state-folder.ts';
import { accountOf, activityOf, type Victim } from './victims.ts';

/** Settings of an SDK client. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: LaptopCloud['credentialsFor'] extends (role: string) => infer C ? C : never;
  readonly maxAttempts: number;
}

/** A laptop cloud under test, with what its tests ask of it. */
export interface TestCloud {
  readonly cloud: LaptopCloud;
  readonly session: Session;
  readonly stateDirectory: string;
  /** Settings for an unmodified SDK client with a role's credentials. */
  as(role: string): ClientSettings;
  setMode(to: Mode): Promise<void>;
  /** Lets a finding in and answers its incident when nothing moves any more but what waits for people. */
  respond(finding: EventEnvelope): Promise<Incident>;
  /** The incident once it has come to what is wanted. */
  until(incident: string, isWanted: (incident: Incident) => boolean): Promise<Incident>;
  /** Asks the route that takes AWS signatures, as the operator. */
  ask(incident: Incident, route: 'decision' | 'rollback', body: object): ReturnType<Session['ask']>;
  stop(): Promise<void>;
}

/** Starts a cloud on a folder of its own, in mode `act` unless another is named. `undefined` leaves the mode alone. */
export async function startTestCloud(
  options: Partial<CloudOptions> & { readonly mode?: Mode | undefined } = {},
): Promise<TestCloud> {
  const { mode = 'act', ...rest } = options;
  const stateDirectory = rest.stateDirectory ?? mkdtempSync(join(tmpdir(), 'sallyport-e2e-'));
  const cloud = await startCloud({
    assembly: assemblyDirectory,
    retryDelay: 50,
    ...rest,
    stateDirectory,
  });
  const file = readCloudFile(stateDirectory);
  if (!file) throw new Error('the cloud left no cloud.json');
  const session = openSession(file);
  const setMode = async (to: Mode) => {
    const { status, answer } = await session.ask('/api/mode', { to, reason: 'for a test' });
    if (status >= 300) throw new Error(`mode ${to}: ${JSON.stringify(answer)}`);
  };
  const until: TestCloud['until'] = async (incident, isWanted) =>
    (await follow(session, incident, silent, { until: isWanted, timeoutMs: 30_000 })).incident;
  if (!('mode' in options) || options.mode) await setMode(mode);
  return {
    cloud,
    session,
    stateDirectory,
    setMode,
    until,
    as: (role) => ({
      endpoint: cloud.endpoint,
      region: cloud.region,
      credentials: cloud.credentialsFor(role),
      maxAttempts: 1,
    }),
    async respond(finding) {
      const rules = await session.deliver(finding);
      if (rules.length === 0) throw new Error('no rule takes this finding');
      await cloud.idle();
      return session.ledger.read(incidentOf(finding));
    },
    async ask({ id, plan }, route, body) {
      return session.ask(`/api/incidents/${id}/${route}`, { manifestHash: plan?.manifestHash, ...body });
    },
    async stop() {
      await cloud.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

/** The incident that a finding opens where it joins none. */
export function incidentOf(event: EventEnvelope): string {
  const [finding] = parseEnvelope(event);
  if (!finding) throw new Error('the event holds no finding');
  return proposedIncident(finding);
}

/** A folder with the account of these victims, to seed a cloud with. */
export function seedOf(victims: readonly Victim[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-seed-'));
  writeFileSync(join(folder, 'account.json'), JSON.stringify(accountOf(victims)));
  writeFileSync(join(folder, 'activity.json'), JSON.stringify(activityOf(victims)));
  return folder;
}

/** One of the demo's findings, as EventBridge delivers it. */
export function demoFinding(name: string): EventEnvelope {
  const file = new URL(`../../sandbox/demo/findings/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as EventEnvelope;
}

/** The types of an incident's entries, in order. */
export function entryTypes({ timeline }: Incident): string[] {
  return timeline.map(({ entry }) => entry.type);
}
