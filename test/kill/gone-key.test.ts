import { it } from 'vitest';
import { expectHealed } from './healed.ts';

// Not the projection: how many calls it makes depends on how the stream's records happen to be batched, so that
// most points would name a call that never comes. It decides nothing, and `sallyport rebuild` makes it anew.
/** One incident at a time: a batch of the stream then holds the records of this one alone. */
it('people are told of what nothing can be done about, wherever the escalation is killed', () =>
  expectHealed('gone-key', ['escalate']));
