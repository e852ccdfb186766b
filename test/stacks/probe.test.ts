import { afterEach, describe, expect, it } from 'vitest';
import type { StackAnswer } from '../../functions/core/infrastructure-as-code.ts';
import type { Target } from '../../functions/core/plan.ts';
import { permissions, type Reader, reads } from '../../functions/stacks/operations.ts';
import { stackProbe } from '../../functions/stacks/probe.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from '../contract/account-under-test.ts';
import { target } from '../contract/action-case.ts';

const INSTANCE = 'i-0a000000000000001';
const web = { logicalId: 'Web', physicalId: INSTANCE, type: 'AWS::EC2::Instance' };
const checkedAt = '2026-11-20T08:00:00Z';

let under: AccountUnderTest;
afterEach(() => under.close());

/** What is said of a target in an account with these stacks. */
async function asked(stacks: readonly object[], one: Target, sabotage?: () => void): Promise<StackAnswer> {
  under = await AccountUnderTest.start({ cloudformation: { stacks } }, [], sabotage);
  return stackProbe(() => under.reader(permissions, reads) as Reader).keeping(one, INCIDENT);
}

describe('the stack that keeps a resource', () => {
  it('is found without any tag, with its state and what was said of drift', async () => {
    const stacks = [
      {
        name: 'shop',
        status: 'UPDATE_COMPLETE',
        resources: [{ ...web, drift: { status: 'MODIFIED', checkedAt } }],
      },
    ];
    expect(await asked(stacks, target('instance', INSTANCE))).toEqual({
      status: 'kept',
      stack: {
        name: 'shop',
        state: 'UPDATE_COMPLETE',
        isCdk: false,
        drift: { status: 'MODIFIED', checkedAt: new Date(checkedAt) },
      },
    });
  });

  it('is CDK’s where CDK left its mark, and drift that was never looked for is unknown', async () => {
    const mark = { logicalId: 'CDKMetadata', physicalId: 'c0ffee00', type: 'AWS::CDK::Metadata' };
    expect(
      await asked([{ name: 'shop', resources: [web, mark] }], target('instance', INSTANCE)),
    ).toMatchObject({ status: 'kept', stack: { isCdk: true, drift: undefined } });
  });

  it('is asked for by the ARN of a secret, which is its name in a stack', async () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-AbCdEf';
    const secret = { logicalId: 'Orders', physicalId: arn, type: 'AWS::SecretsManager::Secret' };
    const one = { ...target('secret', 'orders-AbCdEf'), arn };
    expect(await asked([{ name: 'shop', resources: [secret] }], one)).toMatchObject({ status: 'kept' });
  });

  it.each([
    ['no stack has it', [{ name: 'shop', resources: [] }]],
    ['its stack let go of it', [{ name: 'shop', resources: [{ ...web, status: 'DELETE_SKIPPED' }] }]],
    [
      'a thing of another type has its name',
      [{ name: 'shop', resources: [{ ...web, type: 'AWS::S3::Bucket' }] }],
    ],
  ])('is none where %s', async (_, stacks) => {
    expect(await asked(stacks, target('instance', INSTANCE))).toEqual({ status: 'none' });
  });

  it('is not asked for what CloudFormation does not make', async () => {
    expect(await asked([], target('address', '198.51.100.7'))).toEqual({ status: 'none' });
    expect(under.calls.filter(({ service }) => service === 'cloudformation')).toEqual([]);
  });

  it('may keep what is not among the hundred resources that are answered', async () => {
    const others = Array.from({ length: 100 }, (_, at) => ({
      logicalId: `Topic${at}`,
      physicalId: `topic-${at}`,
      type: 'AWS::SNS::Topic',
    }));
    const stacks = [{ name: 'shop', resources: [...others, web] }];
    expect(await asked(stacks, target('instance', INSTANCE))).toEqual({ status: 'cut', name: 'shop' });
  });

  it('is not available where CloudFormation does not answer', async () => {
    const refuse = () => {
      throw new AwsError('AccessDenied', 'not for you, <b>');
    };
    expect(await asked([], target('instance', INSTANCE), refuse)).toEqual({
      status: 'unread',
      cause: 'AccessDenied',
    });
  });
});
