import { type Document, isObject, taintedTexts, textAt, wellFormed } from '../../core/document.ts';
import { FindingRejectedError } from '../../core/errors.ts';
import { comparable } from '../../core/facts.ts';
import { Finding } from '../../core/finding.ts';
import { accountOf, entitiesOf, type Place } from '../../core/mention.ts';
import {
  bareEvent,
  type EventEnvelope,
  type EventPattern,
  matchesPattern,
  parseOrReject,
  type Source,
} from '../../core/source.ts';
import { AlarmDocument, isWrittenByCloudWatch, metricsOf } from './document.ts';
import { mentionsOf } from './mentions.ts';

/**
 * Most alarms are about load, not about attacks. Those that are meant as findings say so by their name; for one that
 * has another, a composite alarm of such a name does. A name and not a tag, because events hold tags only where the
 * alarm asks for it. It is no proof of anything: whoever may make alarms may name them.
 */
const PREFIX = 'security-finding-';

const changed: EventPattern = {
  source: ['aws.cloudwatch'],
  detailType: ['CloudWatch Alarm State Change'],
  detail: { alarmName: [{ prefix: PREFIX }] },
};
const eventPatterns: readonly EventPattern[] = [changed];

/** CloudWatch alarms that their owner marked as findings. */
export const cloudwatchAlarm: Source = {
  id: 'cloudwatch-alarm',
  title: 'Amazon CloudWatch alarms',
  eventPatterns,
  types: ['CloudWatch:Alarm/*'],
  attackerWritable: [
    { field: 'detail.configuration.description', why: 'Whoever makes an alarm describes it.' },
    {
      field: 'detail.configuration.metrics[].metricStat.metric.dimensions.InstanceId',
      why: 'Whoever makes an alarm names what it measures.',
    },
    { field: 'detail.state.reason', why: 'Whoever may call SetAlarmState writes it.' },
    { field: 'detail.state.reasonData', why: 'Whoever may call SetAlarmState writes it.' },
  ],
  accepts: (event) => matchesPattern(event, eventPatterns),
  parse: (event) => [findingOf(event)],
  recognises: (document) => 'alarmName' in document && isObject(document.state),
  envelop,
};

/**
 * The alarm went off, that much is AWS's word. Of what, and whether that means anything, is its maker's, and its state
 * may be set by hand. So it is read as a custom product's finding: nothing that it names may be changed.
 */
function findingOf(event: EventEnvelope): Finding {
  const detail = wellFormed(event.detail);
  const name = textAt(detail, 'alarmName');
  const subject = `CloudWatch alarm ${name ?? '(without alarmName)'}`;
  const document = parseOrReject(AlarmDocument, detail, subject);
  if (!document.alarmName.startsWith(PREFIX))
    throw new FindingRejectedError(
      `${subject}: alarmName: expected ${PREFIX}… of an alarm that is a finding`,
    );
  const { state } = document;
  const place: Place = {
    partition: 'aws',
    account: accountOf(event.account),
    region: event.region || 'us-east-1',
  };
  const finding: Finding = {
    class_uid: 2004,
    finding_info: {
      uid: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${document.alarmName}`,
      title: 'An alarm that stands for a finding changed its state',
      desc: '',
      type: typeOf(document),
      created_time: state.timestamp,
      modified_time: state.timestamp,
    },
    metadata: { source: 'cloudwatch-alarm', product: 'CloudWatch', aws_owned: false },
    cloud: { account: place.account, region: place.region },
    severity: state.value === 'ALARM' ? 'Medium' : 'Informational',
    status: state.value === 'OK' ? 'Resolved' : 'New',
    sample: false,
    entities: entitiesOf(place, mentionsOf(document)),
    facts: comparable({
      state: state.value,
      before: document.previousState?.value,
      metrics: metricsOf(document).length,
    }),
    tainted: taintedTexts(document, isWrittenByCloudWatch),
  };
  return parseOrReject(Finding, finding, subject);
}

function typeOf({ configuration }: AlarmDocument): string {
  return `CloudWatch:Alarm/${configuration?.alarmRule ? 'Composite' : 'Metric'}`;
}

function envelop(document: Document, id: string): EventEnvelope {
  return bareEvent(changed, id, document, { time: textAt(document, 'state', 'timestamp') ?? '' });
}
