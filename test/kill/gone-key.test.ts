import { it } from 'vitest';
import { expectHealed } from './healed.ts';

it('people are told of what nothing can be done about, wherever the escalation is killed', () =>
  expectHealed('gone-key', ['escalate']));
