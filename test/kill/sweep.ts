import { expect } from 'vitest';
import { audit } from '../../cli/audit.ts';
import type { ArmedKill } from '../../sandbox/kill.ts';
import { type Story, type Victim, victim } from '../e2e/victims.ts';
import { type Course, incidentOf, type Phase, run } from './course.ts';
import { arm, functionNames, type Point, pointsOf, rounds } from './points.ts';
import { startWorld, type World } from './world.ts';

/** Every point, also those that leave the same world behind as their neighbour. */
const isEvery = process.env.SALLYPORT_KILL === 'every';
/** More than any story of ours has points. */
const MOST = 900;

/** The calls of each function in each half of a story, as the run without a kill made them. */
type Calls = ReadonlyMap<string, readonly string[]>;

export interface Swept {
  readonly incidents: number;
  readonly points: Readonly<Record<string, number>>;
  /** Kills that found no call, by function: a run may make a call less than the one that was counted. */
  readonly missed: readonly string[];
  /** What differed from the run without a kill; each line names the kills. */
  readonly unhealed: readonly string[];
  /** Messages that came twice, by kind: a mail that was sent and not answered is sent again. */
  readonly toldTwice: number;
}

/**
 * Runs a story once undisturbed, and then once for every round of kills, and compares. `lanes` incidents are on their
 * way at once: what one waits for, another computes.
 */
export async function sweep(
  story: Story,
  functions: readonly string[] = functionNames,
  lanes = 4,
): Promise<Swept> {
  const victims = Array.from({ length: MOST }, (_, index) => victim(story, index + 1));
  const world = await startWorld(victims);
  try {
    return await sweepIn(world, victims, functions, lanes);
  } finally {
    await world.stop();
  }
}

/** Kills in a row that found no call: then the function has no further one. */
const QUIET = 4;

/**
 * Kills a function at its first point, at its second, and so on, in one incident each and one at a time, until it makes
 * no call that far: for a function whose number of calls is not fixed. `check` looks at what it left.
 */
export async function sweepToTheEnd(
  story: Story,
  name: string,
  check: (world: World, incident: string) => Promise<string[]>,
): Promise<{ readonly kills: number; readonly unhealed: readonly string[] }> {
  const victims = Array.from({ length: MOST }, (_, index) => victim(story, index + 1));
  const world = await startWorld(victims);
  try {
    const [cold, first, ...others] = victims;
    if (!cold || !first) throw new Error('a sweep needs victims');
    await run(world, cold);
    const wanted = await run(world, first);
    const unhealed: string[] = [];
    let kills = 0;
    let quiet = 0;
    for (const [index, one] of others.entries()) {
      if (quiet === QUIET) break;
      const point: Point = { function: name, phase: 'response', point: index + 1 };
      const { missed, differences } = await heal(world, one, [point], wanted);
      await world.cloud.idle();
      const left = await check(world, incidentOf(one));
      unhealed.push(...differences, ...left.map((line) => `${line} after ${name}:${point.point}`));
      quiet = missed.length > 0 ? quiet + 1 : 0;
      if (missed.length === 0) kills += 1;
    }
    return { kills, unhealed };
  } finally {
    await world.stop();
  }
}

async function sweepIn(
  world: World,
  victims: readonly Victim[],
  functions: readonly string[],
  lanes: number,
): Promise<Swept> {
  const [cold, first, ...others] = victims;
  if (!cold || !first) throw new Error('a sweep needs victims');
  // The first incident of a cloud starts every process; the second shows what a warm one does.
  await run(world, cold);
  const { course: wanted, calls } = await count(world, first, functions);
  const lists = [...calls].map(([key, operations]) => {
    const [name = '', phase] = key.split(' ') as [string, Phase];
    return pointsOf(operations, isEvery).map((point): Point => ({ function: name, phase, point }));
  });
  const planned = rounds(lists);
  if (planned.length > others.length) throw new Error(`${planned.length} rounds need as many victims`);
  const jobs = planned.map((points, index) => ({ points, victim: others[index] ?? first }));
  const healed: Healed[] = [];
  const lane = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      healed.push(await heal(world, job.victim, job.points, wanted));
      world.forgetCalls();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await world.cloud.idle();
  const record = await audit(world.session);
  expect(record.problems).toEqual([]);
  return {
    incidents: healed.length,
    points: Object.fromEntries(lists.map((list) => [`${list[0]?.function} ${list[0]?.phase}`, list.length])),
    missed: healed.flatMap((one) => one.missed),
    unhealed: healed.flatMap((one) => one.differences),
    toldTwice: healed.reduce((sum, one) => sum + one.toldTwice, 0),
  };
}

async function count(world: World, first: Victim, functions: readonly string[]) {
  const counters = new Map<string, ArmedKill>();
  const course = await run(world, first, (phase) => {
    for (const name of functions)
      counters.set(`${name} ${phase}`, arm(world, first, name, Number.POSITIVE_INFINITY));
  });
  await world.cloud.idle();
  // A counter of the first half goes on counting in the second.
  const calls: Calls = new Map(
    [...counters].flatMap(([key, { calls: all }]) => {
      const later = counters.get(key.replace('response', 'rollback'));
      const own = key.endsWith('response') && later ? all.slice(0, all.length - later.calls.length) : all;
      return own.length > 0 ? [[key, [...own]] as const] : [];
    }),
  );
  return { course, calls };
}

interface Healed {
  readonly missed: readonly string[];
  readonly differences: readonly string[];
  readonly toldTwice: number;
}

async function heal(world: World, one: Victim, points: readonly Point[], wanted: Course): Promise<Healed> {
  const kills: { point: Point; kill: ArmedKill }[] = [];
  const named = () =>
    kills
      .map(({ point, kill }) => {
        const operation = kill.calls[Math.ceil(point.point / 2) - 1] ?? 'nothing';
        return `${point.function}:${point.point} (${operation}, ${point.phase})`;
      })
      .join(' + ');
  try {
    const course = await run(world, one, (phase) => {
      for (const point of points.filter((candidate) => candidate.phase === phase))
        kills.push({ point, kill: arm(world, one, point.function, point.point) });
    });
    return {
      missed: kills.flatMap(({ point, kill }) => (kill.fired ? [] : [point.function])),
      differences: differencesOf(course, wanted).map((difference) => `${difference} after ${named()}`),
      toldTwice: course.told.length - wanted.told.length,
    };
  } catch (error) {
    return { missed: [], differences: [`${String(error)} after ${named()}`], toldTwice: 0 };
  }
}

/** The same states, the same account, the same effects and decisions, and nobody who was not told. */
function differencesOf(course: Course, wanted: Course): string[] {
  const differing = (['statuses', 'effects', 'decisions', 'accounts'] as const).flatMap((part) =>
    differentLines(linesOf(course[part]), linesOf(wanted[part])).map((line) => `${part}: ${line}`),
  );
  const untold = missingFrom(course.told.map(subject), wanted.told.map(subject));
  return [...differing, ...untold.map((text) => `nobody was told "${text}"`)];
}

function linesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n'));
}

/** The first line that is not the wanted one is enough to see what happened. */
function differentLines(found: readonly string[], wanted: readonly string[]): string[] {
  const length = Math.max(found.length, wanted.length);
  const index = Array.from({ length }, (_, at) => at).find((at) => found[at] !== wanted[at]);
  return index === undefined ? [] : [`${found[index] ?? 'nothing'} and not ${wanted[index] ?? 'nothing'}`];
}

/** Who was told what, without the names of the victim and the times. */
function subject(text: string): string {
  return text.replaceAll(/(AKIA|victim-)\w+|\bi-[0-9a-f]+|\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g, '…');
}

function missingFrom(found: readonly string[], wanted: readonly string[]): string[] {
  const left = [...found];
  return wanted.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
