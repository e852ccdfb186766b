import { parseArn } from '../core/arn.ts';
import { type Sign, unread } from '../core/health.ts';
import type { Target } from '../core/plan.ts';
import type { HealthProbe } from '../core/ports.ts';
import type { Place } from '../core/resource-pattern.ts';
import { findAlarms, readAlarms } from './alarms.ts';
import { rateNow, rateSince } from './error-rates.ts';
import { causeOf, Gaps } from './gaps.ts';
import type { Reader } from './operations.ts';
import { countedOfFunction, countedOfGroup, isMeasured, subjectOf } from './subjects.ts';
import { loadBalancersOf, readTargets } from './target-groups.ts';

/** An account open for reading; throws AccountNotCoveredError for one that is not. */
type AccountOf = (place: Place) => Reader;
type Found = Awaited<ReturnType<HealthProbe['baseline']>>;
type When = Parameters<HealthProbe['look']>[1];
type AlarmSign = Extract<Sign, { kind: 'alarm' }>;

/** Reads health from CloudWatch and Elastic Load Balancing, on behalf of an incident. */
export function healthProbe(open: (place: Place, incident: string) => Reader): HealthProbe {
  const openFor =
    (incident: string): AccountOf =>
    (place) =>
      open(place, incident);
  return {
    async baseline(targets, incident) {
      const accountOf = openFor(incident);
      const places = Map.groupBy(targets.filter(isMeasured), keyOf);
      const found = await Promise.all([...places.values()].map((there) => measure(there, accountOf)));
      return { signs: found.flatMap(({ signs }) => signs), gaps: found.flatMap(({ gaps }) => gaps) };
    },
    async look(signs, when, incident) {
      const accountOf = openFor(incident);
      const places = Map.groupBy(signs, (sign) => keyOf(placeOf(sign)));
      const looks = [...places.values()].map((there) => lookAt(there, when, accountOf));
      return (await Promise.all(looks)).flat();
    },
  };
}

/** All of one place. */
async function measure(targets: readonly Target[], accountOf: AccountOf): Promise<Found> {
  const gaps = new Gaps();
  const distinct = [...new Map(targets.map((target) => [target.id, target])).values()];
  const reading = distinct.map((target) =>
    gaps.unless(`${target.kind} ${target.id}`, () => subjectOf(target, accountOf(target))),
  );
  const subjects = (await Promise.all(reading)).filter((one) => one !== undefined);
  const dimensions = new Set(subjects.flatMap((one) => [...one.dimensions]));
  const [place] = distinct;
  if (!place || dimensions.size === 0) return { signs: [], gaps: gaps.found };
  const [alarms, rates] = await Promise.all([
    gaps.unless('alarms', () => findAlarms(dimensions, accountOf(place))),
    Promise.all(
      subjects
        .flatMap(({ counted }) => counted)
        .map((one) => gaps.unless(`error rate of ${one.of}`, () => rateNow(one, accountOf(place)))),
    ),
  ]);
  const groups = subjects.flatMap(({ attached }) => attached.map(({ sign }) => sign));
  return {
    signs: distinctSigns([...(alarms?.signs ?? []), ...groups, ...rates.filter((one) => one !== undefined)]),
    gaps: [...subjects.flatMap((one) => one.gaps), ...(alarms?.gaps ?? []), ...gaps.found],
  };
}

/** Two targets of one group share its signs; how many of the healthy are the plan's own adds up. */
function distinctSigns(signs: readonly Sign[]): Sign[] {
  const byKey = new Map<string, Sign>();
  for (const sign of signs) {
    const key = `${sign.kind} ${sign.of}`;
    const known = byKey.get(key);
    const isShared = known?.kind === 'healthy-targets' && sign.kind === 'healthy-targets';
    byKey.set(key, isShared ? { ...sign, own: sign.own + known.own } : sign);
  }
  return [...byKey.values()];
}

/** All of one place. */
async function lookAt(signs: readonly Sign[], when: When, accountOf: AccountOf): Promise<readonly Sign[]> {
  const alarms = signs.filter((sign) => sign.kind === 'alarm');
  const others = signs.filter((sign) => sign.kind !== 'alarm');
  const looks = [
    lookAtAlarms(alarms, when, accountOf),
    ...others.map((sign) => orUnread([sign], async () => [await lookAtOne(sign, when, accountOf)])),
  ];
  return (await Promise.all(looks)).flat();
}

async function lookAtAlarms(
  alarms: readonly AlarmSign[],
  { measuredAt }: When,
  accountOf: AccountOf,
): Promise<readonly Sign[]> {
  const [first] = alarms;
  if (!first) return [];
  return orUnread(alarms, () => readAlarms(alarms, accountOf(placeOf(first)), measuredAt));
}

async function lookAtOne(
  sign: Exclude<Sign, AlarmSign>,
  { changedAt }: When,
  accountOf: AccountOf,
): Promise<Sign> {
  const account = accountOf(placeOf(sign));
  if (sign.kind === 'healthy-targets') return readTargets(sign, account);
  const isGroup = sign.of.includes(':targetgroup/');
  const counted = isGroup
    ? countedOfGroup(sign.of, await loadBalancersOf(sign.of, account))
    : [countedOfFunction(sign.of)];
  const [one] = counted;
  return one ? rateSince(one, changedAt, account) : unread(sign, 'no load balancer uses it any more');
}

async function orUnread(
  signs: readonly Sign[],
  read: () => Promise<readonly Sign[]>,
): Promise<readonly Sign[]> {
  try {
    return await read();
  } catch (error) {
    return signs.map((sign) => unread(sign, causeOf(error)));
  }
}

function placeOf({ of }: Sign): Place {
  const { account = '', region = '' } = parseArn(of) ?? {};
  return { account, region };
}

function keyOf({ account, region }: Place): string {
  return `${account} ${region}`;
}
