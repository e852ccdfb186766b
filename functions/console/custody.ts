import type { EntryNamed } from '../core/entry.ts';
import type { Custody, Incident } from '../core/incident.ts';
import { printable } from '../core/printable.ts';

const occasions = { 'before-change': 'before the change', 'after-change': 'after the change' } as const;

/** What was kept for forensics, or could not be, as a title and a sentence. */
export function custodyWords(entry: Custody): readonly [title: string, detail: string] {
  const when = occasions[entry.occasion];
  if (entry.type === 'evidence-unavailable') return [`No evidence kept ${when}`, entry.reason];
  return [`Evidence kept ${when}`, bundleWords(entry)];
}

function bundleWords(entry: EntryNamed<'evidence-preserved'>): string {
  const { files, manifestSha256, unavailable, bundle } = entry;
  const missing = unavailable.map(({ name, reason }) => `; without ${name}: ${reason}`).join('');
  return `${files.length} file(s), manifest SHA-256 ${manifestSha256}, signed, in ${bundle}${missing}`;
}

/** For the card: what stands of the current plan. A plan that nothing was kept for says so. */
export function custodyLines({ custody, plan }: Incident): string[] {
  const own = custody.filter((entry) => entry.plan === plan?.manifestHash);
  if (own.length === 0) return ['No evidence was kept for forensics.'];
  return own.map((entry) => printable(custodyWords(entry).join(': '), 600));
}
