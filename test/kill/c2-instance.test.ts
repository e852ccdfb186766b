import { it } from 'vitest';
import { expectHealed } from './healed.ts';

/** Those that decide, ask, change or end. What only reads and thinks makes the same calls in the story of the stolen key. */
const functions = [
  ...['ingest', 'plan', 'collect', 'decide', 'request-approval', 'remediate-compute'],
  ...['remediate-network', 'hold-lease', 'close'],
];

it('an instance is snapshotted, isolated and given back, whichever function is killed at whichever of its calls', () =>
  expectHealed('c2-instance', functions));
