import { wellFormed } from '../../core/document.ts';
import { FindingRejectedError } from '../../core/errors.ts';
import { Finding } from '../../core/finding.ts';
import { OWN_DETAIL_TYPE, OWN_SOURCE } from '../../core/own-finding.ts';
import { type EventEnvelope, parseOrReject, type Source } from '../../core/source.ts';

/**
 * Findings of Sallyport's own, which its functions put straight into the queue of findings. It has no pattern, so that
 * no rule takes such an event from a bus, on which anybody in the account may put one: who may send is for the queue's
 * policy and the functions' roles to say. Entities keep the trust that they had.
 */
export const sallyport: Source = {
  id: OWN_SOURCE,
  title: 'Sallyport itself',
  eventPatterns: [],
  types: ['ThreatIntelligence:*'],
  attackerWritable: [
    {
      field: 'detail.tainted[].text',
      why: 'What was text of others in the finding that it is about stays that.',
    },
  ],
  accepts: (event) => event.source === OWN_SOURCE && event['detail-type'] === OWN_DETAIL_TYPE,
  parse: (event) => [findingOf(event)],
  recognises: () => false,
  envelop: (document, id) => ({
    version: '0',
    id,
    'detail-type': OWN_DETAIL_TYPE,
    source: OWN_SOURCE,
    account: '',
    time: '',
    region: '',
    resources: [],
    detail: document,
  }),
};

function findingOf(event: EventEnvelope): Finding {
  const finding = parseOrReject(Finding, wellFormed(event.detail), `Sallyport finding of event ${event.id}`);
  if (finding.metadata.source === OWN_SOURCE) return finding;
  throw new FindingRejectedError(
    `Sallyport finding of event ${event.id}: metadata.source is another's, and only its own source may say that`,
  );
}
