import { expect, it } from 'vitest';
import { deactivateAccessKey } from '../../functions/actions/deactivate-access-key.ts';
import { isolateInstance } from '../../functions/actions/isolate-instance/action.ts';
import type { Action } from '../../functions/core/account.ts';
import { sha256 } from '../../functions/core/canonical.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest } from '../contract/account-under-test.ts';
import { REGION, target } from '../contract/action-case.ts';
import { network } from '../contract/cases/seeds.ts';
import { planCase } from '../contract/planning.ts';

const MANY = 50;
const numbers = Array.from({ length: MANY }, (_, index) => index);
const id = (type: string, number: number) => `${type}-0${number.toString(16).padStart(15, '0')}f`;
const key = (number: number) => `AKIAFLOOD${String(number).padStart(11, '0')}`;

const seed = {
  iam: {
    users: numbers.map((number) => ({
      userName: `user-${number}`,
      accessKeys: [{ accessKeyId: key(number) }],
    })),
  },
  ec2: {
    ...network(),
    instances: numbers.map((number) => ({
      instanceId: id('i', number),
      subnetId: 'subnet-0a000000000000001',
      networkInterfaces: [
        {
          networkInterfaceId: id('eni', number),
          securityGroups: ['sg-0a000000000000001'],
          privateIpAddress: `10.0.1.${number + 10}`,
        },
      ],
    })),
  },
};

const changes: readonly (readonly [Action, ReturnType<typeof target>])[] = numbers.flatMap((number) => [
  [deactivateAccessKey, target('access-key', key(number))] as const,
  [isolateInstance, target('instance', id('i', number))] as const,
]);

/** Who can sign a call, and what can reach which machine. Isolation's own groups may outlive a rollback that another one used them in. */
function reachOf(under: AccountUnderTest) {
  const { iam, regions } = under.resources();
  return structuredClone([iam, regions[REGION]?.ec2.networkInterfaces]);
}

/** As the state machine does with what the SDK's own retries did not get through. */
async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (attempt === 8 || !(error instanceof Error && error.name === 'Throttling')) throw error;
    }
}

it('a hundred changes of a hundred resources at once end right while AWS throttles every fourth call', async () => {
  let calls = 0;
  let throttled = 0;
  const under = await AccountUnderTest.start(seed, [], () => {
    calls += 1;
    if (calls % 4 !== 0) return;
    throttled += 1;
    throw new AwsError('Throttling', 'Rate exceeded');
  });
  try {
    const before = reachOf(under);
    const contained = await Promise.all(
      changes.map(async ([action, on], index) => {
        const { planned } = await retried(() => planCase(action, { target: on }, under));
        const incident = `INC-${String(index).padStart(16, '0')}`;
        const execution = { incident, manifestHash: sha256(incident), intentAt: new Date() };
        const session = await retried(() => under.session(action, planned));
        await retried(() => action.execute(planned, session, execution));
        const verified = await retried(() => action.verify(planned, session, execution));
        return { action, planned, session, execution, verified };
      }),
    );
    expect(contained.map(({ verified }) => verified.status)).toEqual(changes.map(() => 'done'));
    expect(throttled).toBeGreaterThan(MANY);
    await Promise.all(
      contained.map(({ action, planned, session, execution }) =>
        retried(() => action.rollback(planned, session, execution)),
      ),
    );
    expect(reachOf(under)).toEqual(before);
  } finally {
    await under.close();
  }
}, 120_000);
