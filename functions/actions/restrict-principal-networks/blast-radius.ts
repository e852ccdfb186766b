import { covers, isGlobal, type Network, parseAddress } from '../../core/network.ts';
import type { Consequence } from '../../core/plan.ts';
import type { TrailAnswer } from '../../core/trail.ts';

const EVIDENCE = "CloudTrail's event history (management events), last 24 h";

/** What the last day says about whom the deny will hit; a truncated answer counts as large. */
export function blastRadius(
  { records, truncated }: TrailAnswer,
  networks: readonly Network[],
): readonly Consequence[] {
  const succeeded = records.filter((record) => record.errorCode === undefined);
  const sources = succeeded.map((record) => sourceOf(record.sourceIPAddress, networks));
  const outside = sources.filter(
    (source) => source !== 'known' && source !== 'service' && source !== 'private',
  );
  const count = (number: number) => (truncated ? null : number);
  const counted = (what: string, number: number) => ({ what, count: count(number), evidence: EVIDENCE });
  return [
    counted('successful calls in the last 24 h from outside of these networks', outside.length),
    counted('addresses that they came from', new Set(outside).size),
    counted(
      'successful calls in the last 24 h from inside VPCs: they go on from the VPCs that are named alone',
      sources.filter((source) => source === 'private').length,
    ),
    counted(
      'successful calls in the last 24 h from these networks, or made by AWS services: they go on',
      sources.filter((source) => source === 'known' || source === 'service').length,
    ),
  ];
}

/** CloudTrail has a service's name where a service made the call, and a private address for one over an endpoint. */
function sourceOf(address: string, networks: readonly Network[]): string {
  const parsed = parseAddress(address);
  if (!parsed) return 'service';
  if (networks.some((network) => covers(network, parsed))) return 'known';
  return isGlobal(parsed) ? address : 'private';
}
