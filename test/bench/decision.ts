import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../cli/session.ts';
import { setModeOnce } from '../../cli/set-mode.ts';
import { families, remediationState } from '../../functions/core/family.ts';
import { type LaptopCloud, startCloud } from '../../sandbox/cloud.ts';
import type { CloudEvent } from '../../sandbox/events.ts';
import { readCloudFile } from '../../sandbox/state-folder.ts';
import { type Envelope, plantCases } from './cases.ts';
import { HandledLog } from './handled.ts';
import { quantile, rounded, spread } from './statistics.ts';

/** The functions between the bus and the decision. */
const steps = ['ingest', 'triage', 'investigate', 'plan', 'decide'] as const;
type StepName = (typeof steps)[number];

/** What follows a decision is no part of the way to it. */
const AFTER_DECISION = ['Collect', 'AwaitApproval', ...families.map(remediationState), 'Close', 'Escalate'];

const TARGET = { p50: 15, p99: 40 } as const;

/** One finding's way, in milliseconds. */
interface Timed {
  readonly wall: number;
  readonly own: Readonly<Record<StepName, number>>;
  readonly calls: number;
}

/**
 * How long it takes from an event on the bus to a decision, with the rules analyst, warm, one finding at a time. `own`
 * is the time of the handlers outside of ports; an SDK call counts as port from `send` to its answer, its serialising
 * included. `wall` runs from delivery to the end of `decide`, whose last act is the decision's commit and one read.
 */
export async function benchDecisions(assembly: string, warmUps: number, findings: number) {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    const timed = (await timeFindings(assembly, directory, warmUps + findings)).slice(warmUps);
    const own = timed.map((one) => sum(Object.values(one.own)));
    const { p50, p99 } = spread(own);
    return {
      findings,
      warmUps,
      ownMs: { p50, p99, slowest: rounded(Math.max(...own)) },
      ownMsByFunction: Object.fromEntries(
        steps.map((name) => [
          name,
          rounded(
            quantile(
              timed.map((one) => one.own[name]),
              0.5,
            ),
          ),
        ]),
      ),
      wallMs: spread(timed.map(({ wall }) => wall)),
      invocations: quantile(
        timed.map(({ calls }) => calls),
        0.5,
      ),
      targetMs: TARGET,
      ok: p50 <= TARGET.p50 && p99 <= TARGET.p99,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function timeFindings(assembly: string, directory: string, count: number): Promise<Timed[]> {
  const accountSeed = join(directory, 'account');
  const stateDirectory = join(directory, 'state');
  const envelopes = plantCases(accountSeed, count);
  const watch = new Watch(stateDirectory);
  const cloud = await startCloud({
    stateDirectory,
    assembly,
    accountSeed,
    haltBefore: AFTER_DECISION,
    onEvent: (event) => watch.see(event),
  });
  try {
    await act(stateDirectory);
    const timed: Timed[] = [];
    for (const envelope of envelopes) timed.push(await timeOne(cloud, envelope, watch));
    return timed;
  } finally {
    await cloud.stop();
  }
}

/** Nothing is asked of anybody while a deployment only observes. */
async function act(stateDirectory: string): Promise<void> {
  const file = readCloudFile(stateDirectory);
  if (!file) throw new Error(`the laptop cloud left no cloud.json in ${stateDirectory}`);
  await setModeOnce(openSession(file), 'act');
}

async function timeOne(cloud: LaptopCloud, envelope: Envelope, watch: Watch): Promise<Timed> {
  await cloud.idle();
  watch.begin();
  cloud.deliver(envelope);
  const wall = await watch.decided();
  await cloud.idle();
  return { wall, ...(await watch.read()) };
}

/** Watches one finding on its way. */
class Watch {
  private readonly logs: Readonly<Record<StepName, HandledLog>>;
  private calls = new Map<string, number>();
  private began = 0;
  private decision = Promise.withResolvers<number>();

  constructor(stateDirectory: string) {
    const logs = steps.map((name) => [name, new HandledLog(stateDirectory, name)]);
    this.logs = Object.fromEntries(logs) as Record<StepName, HandledLog>;
  }

  begin(): void {
    this.calls = new Map();
    this.decision = Promise.withResolvers();
    this.began = performance.now();
  }

  see(event: CloudEvent): void {
    if (event.type === 'execution-ended')
      this.decision.reject(new Error(`${event.execution} ended as ${event.status} before a decision`));
    if (event.type !== 'function-ended') return;
    if (event.errorType !== undefined)
      this.decision.reject(new Error(`${event.function} failed: ${event.errorMessage}`));
    const name = event.function.replace('sallyport-', '');
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    if (name === 'decide') this.decision.resolve(performance.now() - this.began);
  }

  /** Milliseconds from `begin` to the end of the deciding function. */
  decided(): Promise<number> {
    return this.decision.promise;
  }

  async read(): Promise<Omit<Timed, 'wall'>> {
    const own = await Promise.all(
      steps.map(async (name) => {
        const handled = await this.logs[name].next(this.calls.get(name) ?? 0);
        return [name, sum(handled.map(({ ownMs }) => ownMs))] as const;
      }),
    );
    const calls = sum(steps.map((name) => this.calls.get(name) ?? 0));
    return { own: Object.fromEntries(own) as Record<StepName, number>, calls };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
