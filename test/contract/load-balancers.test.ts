import { afterEach, describe, expect, test } from 'vitest';
import { isolateInstance } from '../../functions/actions/isolate-instance/action.ts';
import { stopInstance } from '../../functions/actions/stop-instance/action.ts';
import { AwsError, type CallRecord } from '../../sandbox/wire/service.ts';
import { AccountUnderTest } from './account-under-test.ts';
import { target } from './action-case.ts';
import { balanced } from './cases/deregister-targets.ts';
import { INNOCENT, TARGET } from './cases/seeds.ts';
import { planCase } from './planning.ts';

let under: AccountUnderTest;
afterEach(() => under.close());

const WEB = 'app/web/50dc6c495c0c9188';
const API = 'net/api/60dc6c495c0c9188';

describe.each([isolateInstance, stopInstance])('$id', (action) => {
  /** Load balancers, groups that lose it, groups that are left without a healthy target; and the evidence. */
  async function measured(groups: readonly object[], sabotage?: (record: CallRecord) => void) {
    under = await AccountUnderTest.start(balanced(groups), [], sabotage);
    const { answer } = await planCase(action, { target: target('instance', TARGET) }, under);
    const about = answer.blastRadius.filter(({ what }) => /load balancer|target group/.test(what));
    return { counts: about.map(({ count }) => count), evidence: about[0]?.evidence };
  }

  test('a load balancer counts once, however many of its groups the instance is in', async () => {
    const { counts } = await measured([
      { name: 'web', loadBalancers: [WEB], targets: [{ id: TARGET }, { id: INNOCENT }] },
      { name: 'admin', loadBalancers: [WEB, API], targets: [{ id: TARGET, port: 8080 }] },
    ]);
    expect(counts).toEqual([2, 2, 1]);
  });

  test('an address of the instance counts as the instance', async () => {
    const { counts } = await measured([
      { name: 'web', targetType: 'ip', loadBalancers: [WEB], targets: [{ id: '10.0.1.11' }] },
    ]);
    expect(counts).toEqual([1, 1, 1]);
  });

  test.each([
    ['others alone are in', { targets: [{ id: INNOCENT }] }],
    ['it drains from', { targets: [{ id: TARGET, health: 'draining' }] }],
    [
      'another VPC has for its address',
      { vpcId: 'vpc-0f000000000000001', targetType: 'ip', targets: [{ id: '10.0.1.11' }] },
    ],
  ])('a group that %s sends it nothing', async (_, group) => {
    const { counts } = await measured([{ name: 'web', loadBalancers: [WEB], ...group }]);
    expect(counts).toEqual([0, 0, 0]);
  });

  test('a target that is unhealthy takes nothing over', async () => {
    const { counts } = await measured([
      { name: 'web', targets: [{ id: TARGET }, { id: INNOCENT, health: 'unhealthy' }] },
    ]);
    expect(counts).toEqual([0, 1, 1]);
  });

  test('load balancers that cannot be read count as large, and keep nothing from being planned', async () => {
    const { counts, evidence } = await measured([], ({ operation }) => {
      if (operation === 'DescribeTargetGroups') throw new AwsError('AccessDenied', 'not for you');
    });
    expect(counts).toEqual([null]);
    expect(evidence).toBe('not available: AccessDenied');
  });

  test('more groups than are asked count as large', async () => {
    const many = Array.from({ length: 50 }, (_, at) => ({
      name: `group-${at}`,
      targets: [{ id: INNOCENT }],
    }));
    const { counts, evidence } = await measured(many);
    expect(counts).toEqual([null, null, null]);
    expect(evidence).toBe('not available: only 50 of 51 target groups in its VPC were looked at');
    expect(under.calls.filter(({ operation }) => operation === 'DescribeTargetHealth')).toHaveLength(50);
  });
});
