import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandledEntity } from '../../functions/core/entity.ts';
import type { Exhibit } from '../../functions/core/exhibit.ts';
import { exhibits } from '../../functions/exhibits/registry.gen.ts';
import { AccountUnderTest } from './account-under-test.ts';
import { ACCOUNT, target } from './action-case.ts';
import { instances, network, TARGET } from './cases/seeds.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const window = { from: new Date('2026-11-21T10:00:00.000Z'), to: now };
const call = (eventTime: string, eventName: string) => ({
  eventTime,
  eventSource: 's3.amazonaws.com',
  eventName,
  sourceIPAddress: '203.0.113.99',
  userIdentity: { type: 'IAMUser', userName: 'ci-deploy', accessKeyId: 'AKIAI44QH8DHBEXAMPLE' },
});
let under: AccountUnderTest;
beforeAll(async () => {
  const seed = {
    ec2: { ...network(), instances: instances({ consoleOutput: 'booted' }) },
    iam: { users: [{ userName: 'ci-deploy', accessKeys: [{ accessKeyId: 'AKIAI44QH8DHBEXAMPLE' }] }] },
  };
  const activity = [call('-PT1H', 'ListBuckets'), call('-PT5H', 'GetBucketPolicy')];
  under = await AccountUnderTest.start(seed, activity, undefined, now);
});
afterAll(() => under.close());

/** Keeps an exhibit with the permissions that it declares, and no others. */
function keep({ id, permissions, reads, collect }: Exhibit, kind: HandledEntity['kind'], name: string) {
  const arn = `arn:aws:iam::${ACCOUNT}:role/collect-${id}`;
  under.register(arn, permissions);
  const account = under.open(under.credentialsOf(arn), reads, 'keep');
  return collect({ ...target(kind, name), part: 'target' }, { account, window });
}

describe.each(exhibits.filter(({ targets }) => targets.includes('instance')))('$id of an instance', (one) => {
  it('is read with its own permissions, and changes nothing', async () => {
    const before = under.resources();
    const { content, truncated } = await keep(one, 'instance', TARGET);
    expect(content).toBeDefined();
    expect(truncated).toBe(false);
    expect(under.resources()).toEqual(before);
  });
});

it.each(exhibits.filter(({ targets }) => !targets.includes('user')))(
  '$id of an instance that does not exist is nothing, or an error that says so',
  async (one) => {
    const found = await keep(one, 'instance', 'i-0ffffffffffffffff').then(
      ({ content }) => content,
      (error: Error) => error.name,
    );
    expect(['TargetNotFoundError', []]).toContainEqual(found);
  },
);

function eventsOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'events' in content ? content.events : content;
}

const named = (id: string) => {
  const found = exhibits.find((one) => one.id === id);
  if (!found) throw new Error(`there is no exhibit ${id}`);
  return found;
};

it.each([
  ['user', 'ci-deploy'],
  ['access-key', 'AKIAI44QH8DHBEXAMPLE'],
] as const)(
  'the trail of a %s holds its whole events of the hours around the finding',
  async (kind, name) => {
    const { content } = await keep(named('trail'), kind, name);
    expect(eventsOf(content)).toMatchObject([
      { eventName: 'ListBuckets', sourceIPAddress: '203.0.113.99', userIdentity: { userName: 'ci-deploy' } },
    ]);
  },
);

it('console output is what the instance wrote, and no tool or action may read it', async () => {
  const exhibit = named('console-output');
  const { content } = await keep(exhibit, 'instance', TARGET);
  expect(content).toMatchObject({ InstanceId: TARGET, text: 'booted' });
  const tool = under.reader(exhibit.permissions, exhibit.reads);
  const asked = exhibit.collect({ ...target('instance', TARGET), part: 'target' }, { account: tool, window });
  await expect(asked).rejects.toMatchObject({ name: 'OperationRefusedError' });
});

it('the trail of somebody who bloats his calls is cut to what the function can hold, and says so', async () => {
  const CloudTrailEvent = JSON.stringify({ eventName: 'PutRolePolicy', padding: 'x'.repeat(250_000) });
  let asked = 0;
  const send = () => {
    asked += 1;
    const Events = Array.from({ length: 50 }, (_, index) => ({
      EventId: `${asked}-${index}`,
      CloudTrailEvent,
    }));
    return Promise.resolve({ Events, NextToken: 'more' });
  };
  const account = { id: ACCOUNT, region: 'eu-west-1', now, send } as never;
  const entity = { ...target('role', 'web'), part: 'target' } as const;
  const { content, truncated } = await named('trail').collect(entity, { account, window });
  expect(truncated).toBe(true);
  expect(eventsOf(content)).toHaveLength(Math.floor(4_000_000 / CloudTrailEvent.length));
});
