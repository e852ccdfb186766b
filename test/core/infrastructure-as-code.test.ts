import { describe, expect, it } from 'vitest';
import { type KeepingStack, keptByCode, withStack } from '../../functions/core/infrastructure-as-code.ts';
import { Consequence } from '../../functions/core/plan.ts';

const stack = { Key: 'aws:cloudformation:stack-name', Value: 'network-prod' };

describe('a resource that code keeps', () => {
  it('is known by the tag that CloudFormation writes, with the stack’s name', () => {
    const [one] = keptByCode([{ Key: 'Name', Value: 'web' }, stack]);
    expect(one?.what).toContain('CloudFormation stack network-prod');
    expect(one?.count).toBe(1);
  });

  it.each([
    { Key: 'ManagedBy', Value: 'Terraform' },
    { Key: 'terraform', Value: 'true' },
    { Key: 'pulumi:project', Value: 'shop' },
  ])('is said to be kept where a tag says so: $Key=$Value', (tag) => {
    expect(keptByCode([tag])[0]?.evidence).toContain('whoever may tag it can write');
  });

  it('is named once, by what only AWS can write, where both are there', () => {
    expect(keptByCode([{ Key: 'ManagedBy', Value: 'terraform' }, stack])).toHaveLength(1);
  });

  it.each([[undefined], [[]], [[{ Key: 'Name', Value: 'web' }]], [[{}]]])('%j says nothing', (tags) => {
    expect(keptByCode(tags)).toEqual([]);
  });

  it('never repeats what an attacker wrote into a tag, and fits the card', () => {
    const evil = `terraform <script>${'x'.repeat(300)}`;
    const said = [
      ...keptByCode([{ Key: evil, Value: evil }]),
      ...keptByCode([{ Key: stack.Key, Value: 's'.repeat(500) }]),
    ];
    expect(JSON.stringify(said)).not.toContain('<script>');
    for (const one of said) expect(Consequence.parse(one)).toEqual(one);
  });
});

describe('what the stack itself says', () => {
  const checkedAt = new Date('2026-11-20T08:00:00Z');
  const said = (changes: Partial<KeepingStack> = {}, before = keptByCode([stack])) =>
    withStack(before, {
      status: 'kept',
      stack: { name: 'network-prod', state: 'UPDATE_COMPLETE', isCdk: false, drift: undefined, ...changes },
    });

  it('stands in place of what a tag says of the same stack, and beside all else', () => {
    const callers = { what: 'callers', count: 3, evidence: 'counted' };
    const other = keptByCode([{ Key: stack.Key, Value: 'another' }]);
    const all = said({}, [callers, ...keptByCode([stack]), ...other]);
    expect(all.slice(0, 2)).toEqual([callers, ...other]);
    expect(all).toHaveLength(3);
    expect(all[2]).toMatchObject({
      what: expect.stringContaining('network-prod: its next deployment may put this change back'),
      count: 1,
      evidence: expect.stringContaining('UPDATE_COMPLETE'),
    });
  });

  it('names the command of CDK', () => {
    expect(said({ isCdk: true })[0]?.what).toContain('its next cdk deploy may put this change back');
  });

  it.each([
    ['IN_SYNC', 'on 2026-11-20 it was as the template says'],
    ['MODIFIED', 'on 2026-11-20 it differed from the template already'],
    ['DELETED', 'on 2026-11-20 it was missing already'],
    ['UNSUPPORTED', 'whether it differs from the template was not checked'],
  ])('tells drift %s in words', (status, words) => {
    expect(said({ drift: { status, checkedAt } })[0]?.what).toContain(words);
  });

  it('says that nobody looked for drift', () => {
    expect(said()[0]?.what).toContain('whether it differs from the template was not checked');
  });

  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'counts as large while %s: a reason to wait',
    (state) => {
      expect(said({ state })).toMatchObject([
        {
          what: expect.stringContaining('is being changed right now'),
          count: null,
          evidence: expect.stringMatching(`^not available: DescribeStacks says ${state}`),
        },
      ]);
    },
  );

  it('leaves things as they are without a stack, and counts as large what could not be read', () => {
    const tagged = keptByCode([stack]);
    expect(withStack(tagged, { status: 'none' })).toEqual(tagged);
    expect(withStack(tagged, { status: 'unread', cause: 'Throttling' })).toEqual([
      ...tagged,
      { what: 'CloudFormation stacks that keep it', count: null, evidence: 'not available: Throttling' },
    ]);
    expect(withStack([], { status: 'cut', name: 'network-prod' })).toMatchObject([{ count: null }]);
  });

  it('fits the card under the longest name', () => {
    for (const state of ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'])
      for (const one of said(
        { name: 's'.repeat(128), state, isCdk: true, drift: { status: 'MODIFIED', checkedAt } },
        [],
      ))
        expect(Consequence.parse(one)).toEqual(one);
  });
});
