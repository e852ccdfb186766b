import type { Feed } from '../core/feeds.ts';
import { isGlobal } from '../core/network.ts';
import { type Observable, observableText } from '../core/observable.ts';
import type { Indicator } from './compile.ts';
import type { Gap, Read } from './formats/reading.ts';

const DAY = 24 * 60 * 60 * 1000;
/** The widest range that one indicator may name, in bits: what is wider says something of half the internet. */
const WIDEST = { 4: 16, 6: 32 } as const;

/** What a file read as a row of the compiled file, or why it can be none. */
export function admit(read: Read, feed: Feed, modified: Date, list: number): Indicator | Gap {
  const { observable, exact = false } = read;
  const reason = feed.says === 'indicators' ? unfit(observable) : undefined;
  if (reason) return { at: observableText(observable), reason };
  const firstSeen = read.firstSeen ?? read.lastSeen ?? modified;
  return {
    observable,
    list,
    exact,
    firstSeen,
    validUntil: feed.says === 'warnings' ? undefined : endOf(read, feed, modified),
    confidence: Math.min(feed.confidence, read.confidence ?? feed.confidence),
  };
}

/** A feed is not believed everything: these would match what nobody may be blamed for. */
function unfit(observable: Observable): string | undefined {
  if (observable.kind !== 'address') return undefined;
  const { network } = observable;
  if (network.bits < WIDEST[network.family]) return 'the range is wider than one indicator may be';
  return isGlobal(network) ? undefined : 'it is no address on the internet';
}

function endOf({ validUntil, lastSeen, firstSeen }: Read, { validDays }: Feed, modified: Date): Date {
  return validUntil ?? new Date((lastSeen ?? firstSeen ?? modified).getTime() + validDays * DAY);
}
