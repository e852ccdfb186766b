import { ownEvent } from '../../../functions/core/own-finding.ts';
import { normalise } from '../../../functions/sources/normalise.ts';
import { bareFinding } from '../bare.ts';

const [seen] = normalise(bareFinding());
if (!seen) throw new Error('no finding');

/** A finding of our own about what a finding of GuardDuty's named. */
export const examples = [
  ownEvent({
    ...seen,
    finding_info: { ...seen.finding_info, uid: 'match-1', type: 'ThreatIntelligence:Match/Address' },
    metadata: { source: 'sallyport', product: 'Sallyport', aws_owned: true },
  }),
];
