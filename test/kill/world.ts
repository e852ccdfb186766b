import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyDirectory } from '../../cli/assembly.ts';
import { openSession, type Session } from '../../cli/session.ts';
import { setModeOnce } from '../../cli/set-mode.ts';
import { type LaptopCloud, startCloud } from '../../sandbox/cloud.ts';
import type { CloudEvent } from '../../sandbox/events.ts';
import { readCloudFile } from '../../sandbox/state-folder.ts';
import { accountOf, activityOf, type Victim } from '../e2e/victims.ts';
import { Bell } from './bell.ts';

/** One cloud in which many incidents are on their way at once, each about a victim of its own. */
export interface World {
  readonly cloud: LaptopCloud;
  readonly session: Session;
  /** Rings when an execution starts, waits or ends, and when a function has answered. */
  readonly bell: Bell<CloudEvent>;
  /** Drops what Sallyport's own calls left in the account's event history: it would only slow the next incident. */
  forgetCalls(): void;
  stop(): Promise<void>;
}

export async function startWorld(victims: readonly Victim[]): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-kill-'));
  const seed = mkdtempSync(join(tmpdir(), 'sallyport-kill-seed-'));
  writeFileSync(join(seed, 'account.json'), JSON.stringify(accountOf(victims)));
  writeFileSync(join(seed, 'activity.json'), JSON.stringify(activityOf(victims)));
  const bell = new Bell<CloudEvent>();
  const cloud = await startCloud({
    stateDirectory: directory,
    assembly: assemblyDirectory,
    accountSeed: seed,
    retryDelay: 20,
    onEvent: (event) => bell.ring(event),
  });
  const file = readCloudFile(directory);
  if (!file) throw new Error('the cloud left no cloud.json');
  const session = openSession(file);
  await setModeOnce(session, 'act');
  const account = cloud.accounts.account(cloud.account);
  const seeded = account.events.length;
  return {
    cloud,
    session,
    bell,
    forgetCalls() {
      account.events = account.events.slice(0, seeded);
    },
    async stop() {
      await cloud.stop();
      for (const folder of [directory, seed]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
