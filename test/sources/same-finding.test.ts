import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../functions/core/finding.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { Intake } from '../response/intake.ts';
import { bareControl } from './bare.ts';
import { direct, inAsff, inOcsf } from './forwarded.ts';

const forms = { direct, inAsff, inOcsf } as const;
type Form = keyof typeof forms;
const orders: readonly (readonly Form[])[] = [
  ['direct', 'inAsff', 'inOcsf'],
  ['inOcsf', 'inAsff', 'direct'],
  ['inAsff', 'inOcsf'],
  ['inOcsf', 'inAsff'],
  ['inAsff', 'direct'],
  ['direct', 'inOcsf'],
];

function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}

describe('a finding that comes from its product and through Security Hub', () => {
  test.each(Object.keys(forms) as Form[])('has one name, one type, and the same entities (%s)', (form) => {
    const finding = only(forms[form]());
    expect(finding.finding_info).toMatchObject({
      uid: 'f1d0c0de0000000000000000000000bb',
      type: 'UnauthorizedAccess:IAMUser/TorIPCaller',
    });
    expect(finding.severity).toBe('Medium');
    expect(finding.entities.map(({ kind, id, part, trust }) => [kind, id, part, trust])).toEqual([
      ['access-key', 'AKIAIOSFODNN7EXAMPLE', 'target', 'asserted'],
      ['user', 'ci-deploy', 'target', 'asserted'],
      ['address', '203.0.113.77', 'actor', 'asserted'],
    ]);
    expect(finding.facts).toMatchObject({
      threatPurpose: 'UnauthorizedAccess',
      api: 'ListBuckets',
      apiService: 's3.amazonaws.com',
      count: 3,
      resourceRole: 'TARGET',
      remoteAddress: '203.0.113.77',
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
    });
  });

  test.each(orders.map((order) => ({ order: order.join(', '), forms: order })))(
    'is one finding of one incident, in the order $order',
    async ({ forms: order }) => {
      const intake = new Intake();
      for (const form of order) await intake.take(only(forms[form]()));
      const incident = await intake.only();
      expect(incident.findings).toHaveLength(1);
      // At the same time the first stands: what comes afterwards, and may be poorer, replaces nothing.
      expect(incident.findings[0]?.metadata.source).toBe(only(forms[order[0] ?? 'direct']()).metadata.source);
      expect(intake.incidents()).toHaveLength(1);
    },
  );

  test.each(orders.map((order) => ({ order: order.join(', '), forms: order })))(
    'is updated by the newest form, in the order $order',
    async ({ forms: order }) => {
      const intake = new Intake();
      for (const [minute, form] of order.entries())
        await intake.take(only(forms[form](`2026-11-21T12:0${minute}:00.000Z`)));
      const last = order.at(-1) ?? 'direct';
      expect((await intake.only()).findings.map(({ metadata }) => metadata.source)).toEqual([
        only(forms[last]()).metadata.source,
      ]);
    },
  );

  test('ends with the newest form, in whatever order and however often the forms come', async () => {
    const arrival = fc.record({
      form: fc.constantFrom<Form>('direct', 'inAsff', 'inOcsf'),
      minute: fc.integer({ min: 10, max: 59 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 8 }), async (arrivals) => {
        const intake = new Intake();
        for (const { form, minute } of arrivals)
          await intake.take(only(forms[form](`2026-11-21T12:${minute}:00.000Z`)));
        const newest = Math.max(...arrivals.map(({ minute }) => minute));
        const { findings } = await intake.only();
        expect(findings.map(({ finding_info }) => finding_info.modified_time)).toEqual([
          `2026-11-21T12:${newest}:00.000Z`,
        ]);
        const first = arrivals.find(({ minute }) => minute === newest);
        expect(findings[0]?.metadata.source).toBe(only(forms[first?.form ?? 'direct']()).metadata.source);
      }),
      { numRuns: 40 },
    );
  });

  test('is nobody else’s to name: a custom product with the same id makes a finding in a world of its own', async () => {
    const intake = new Intake();
    await intake.take(only(direct()));
    const ProductArn = 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default';
    const uid = 'arn:aws:securityhub:eu-central-1::productv2/e74c7eec-1d4f-4601-98cd-f22ffd268b0f';
    for (const forged of [
      inAsff('2027-01-01T00:00:00.000Z', { ProductArn }),
      inAsff('2027-01-01T00:00:00.000Z', { ProductArn, Id: 'f1d0c0de0000000000000000000000bb' }),
      inOcsf('2027-01-01T00:00:00.000Z', { metadata: { product: { uid, vendor_name: 'AWS' } } }),
    ])
      await intake.take(only(forged));
    const [real = ''] = intake.incidents();
    expect(
      (await intake.ledger.read(real)).findings.map(({ finding_info }) => finding_info.modified_time),
    ).toEqual(['2026-11-21T11:35:00.000Z']);
  });
});

test('a control is one finding in both of Security Hub’s forms', () => {
  const control = bareControl();
  const ocsf = inOcsf('2026-11-21T11:35:00.000Z', {
    class_uid: 2003,
    metadata: { product: { uid: 'arn:aws:securityhub:eu-central-1::productv2/aws/securityhub' } },
    finding_info: {
      uid: control.Id,
      title: control.Title,
      types: ['Software and Configuration Checks/Industry and Regulatory Standards', 'Posture Management'],
      created_time_dt: control.CreatedAt,
      modified_time_dt: '2026-11-21T11:35:00.000Z',
    },
    compliance: { control: 'S3.8', status: 'Fail', status_id: 3 },
    evidences: [],
    resources: [
      { type: 'AWS::S3::Bucket', uid: 'data', uid_alt: 'arn:aws:s3:::data', region: 'eu-central-1' },
    ],
    severity_id: 4,
  });
  const [one, other] = [only(control), only(ocsf)];
  expect(other.finding_info).toMatchObject({
    uid: one.finding_info.uid,
    type: 'SecurityHub:Control/S3.8',
    modified_time: one.finding_info.modified_time,
  });
  expect(other.facts).toMatchObject({ complianceStatus: 'FAILED', control: 'S3.8' });
  expect(other.entities).toEqual(one.entities);
  expect([other.class_uid, other.severity]).toEqual([one.class_uid, one.severity]);
});

test.each([
  ['macie', '5be50fce24526e670df77bc00example', '5be50fce24526e670df77bc00example'],
  ['macie', 'arn:aws:macie2:eu-central-1:111122223333:finding/5be50fce', '5be50fce'],
  [
    'inspector',
    'arn:aws:inspector2:eu-central-1:111122223333:finding/0abc',
    'arn:aws:inspector2:eu-central-1:111122223333:finding/0abc',
  ],
])('a finding of %s with the id %s is named %s in both forms', (product, id, uid) => {
  const ProductArn = `arn:aws:securityhub:eu-central-1::product/aws/${product}`;
  expect(only(inAsff(undefined, { ProductArn, Id: id })).finding_info.uid).toBe(uid);
  const ocsf = inOcsf();
  const finding_info = { ...(ocsf.finding_info as object), uid: id };
  const metadata = { product: { uid: ProductArn.replace('::product/', '::productv2/') } };
  expect(only({ ...ocsf, finding_info, metadata }).finding_info.uid).toBe(uid);
});

describe('a connection that Security Hub passes on', () => {
  const fields = (direction?: string) => ({
    'aws/guardduty/service/action/actionType': 'NETWORK_CONNECTION',
    'aws/guardduty/service/action/networkConnectionAction/localPortDetails/port': '443',
    'aws/guardduty/service/action/networkConnectionAction/blocked': 'false',
    ...(direction && {
      'aws/guardduty/service/action/networkConnectionAction/connectionDirection': direction,
    }),
  });

  test('in ASFF has the direction that GuardDuty saw, or is said to have an unknown one', () => {
    expect(only(inAsff(undefined, { ProductFields: fields('INBOUND') })).facts).toMatchObject({
      connectionDirection: 'INBOUND',
      localPort: 443,
      blocked: false,
    });
    expect(only(inAsff(undefined, { ProductFields: fields() })).facts.connectionDirection).toBe('UNKNOWN');
    expect(only(inAsff()).facts.connectionDirection).toBeUndefined();
  });

  test('in OCSF has the direction that its evidence says, or is said to have an unknown one', () => {
    const evidence = { src_endpoint: { ip: '203.0.113.77' }, dst_endpoint: { ip: '10.0.0.4', port: 443 } };
    const facts = (more: object) => only(inOcsf(undefined, { evidences: [{ ...evidence, ...more }] })).facts;
    expect(facts({}).connectionDirection).toBe('UNKNOWN');
    expect(facts({ connection_info: { direction_id: 2 } }).connectionDirection).toBe('OUTBOUND');
    // Of two addresses, neither is said to be the other side.
    expect(facts({}).remoteAddress).toBeUndefined();
    expect(only(inOcsf()).facts.connectionDirection).toBeUndefined();
  });
});
