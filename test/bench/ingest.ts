import { joinKeys, proposedIncident } from '../../functions/response/correlate.ts';
import { envelopesOf, normaliseEach } from '../../functions/sources/normalise.ts';
import { examplesById } from '../sources/examples.ts';
import { rounded } from './statistics.ts';

const TARGET = { findingsPerSecond: 10_000 } as const;

/**
 * How many findings of each source one core takes in, without what AWS is waited for: from the parsed event to the
 * finding, its join keys, the incident that it proposes, and whether it was there before. Processor time, so that what
 * else runs on the machine does not count, with a half of the time before it to warm up.
 */
export function benchIngest(seconds: number) {
  const bySource: Record<string, { readonly findingsPerSecond: number; readonly microseconds: number }> = {};
  for (const [id, examples] of examplesById) {
    const events = several(examples.flatMap((example) => envelopesOf(example)));
    takeIn(events, seconds / 2);
    const { findings, spent } = takeIn(events, seconds);
    bySource[id] = {
      findingsPerSecond: Math.round(findings / spent),
      microseconds: rounded((spent / findings) * 1e6),
    };
  }
  const slowest = Math.min(...Object.values(bySource).map(({ findingsPerSecond }) => findingsPerSecond));
  return {
    seconds,
    bySource,
    slowest,
    targetFindingsPerSecond: TARGET.findingsPerSecond,
    ok: slowest >= TARGET.findingsPerSecond,
  };
}

/** Enough that reading the clock between two rounds takes no time that counts. */
function several(events: readonly unknown[]): readonly unknown[] {
  return Array.from({ length: Math.max(events.length, 200) }, (_, index) => events[index % events.length]);
}

/** Findings taken in, and seconds of processor time, after at least so many seconds. */
function takeIn(
  events: readonly unknown[],
  seconds: number,
): { readonly findings: number; readonly spent: number } {
  const latest = new Map<string, string>();
  const began = process.cpuUsage();
  let findings = 0;
  for (;;) {
    for (const event of events) {
      for (const finding of normaliseEach(event)) {
        if (finding instanceof Error) throw finding;
        const { uid, modified_time } = finding.finding_info;
        const known = latest.get(`${proposedIncident(finding)} ${joinKeys(finding).own.join()} ${uid}`);
        if (known === undefined || known < modified_time) latest.set(uid, modified_time);
        findings += 1;
      }
    }
    const { user, system } = process.cpuUsage(began);
    const spent = (user + system) / 1e6;
    if (spent >= seconds) return { findings, spent };
  }
}
