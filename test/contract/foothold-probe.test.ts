import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../functions/core/plan.ts';
import { footholdProbe } from '../../functions/tools/principal-footholds/probe.ts';
import { permissions, type Reader, reads } from '../../functions/tools/principal-footholds/read.ts';
import { AwsError } from '../../sandbox/wire/service.ts';
import { AccountUnderTest, INCIDENT } from './account-under-test.ts';
import { target } from './action-case.ts';
import { activity, seed } from './tool-cases.ts';

let under: AccountUnderTest;
afterEach(() => under.close());

async function madeBy(principals: readonly Target[], sabotage?: () => void) {
  under = await AccountUnderTest.start(seed, activity, sabotage);
  return footholdProbe(() => under.reader(permissions, reads) as Reader).made(principals, INCIDENT);
}

const deployer = target('user', 'deployer');

describe('what principals made, looked for again', () => {
  it('is what stands of their calls, each with its maker, and each once', async () => {
    const alone = await madeBy([deployer]);
    expect(alone.gaps).toEqual([]);
    expect(alone.found.map(({ kind, id, trust }) => `${trust} ${kind} ${id}`)).toEqual([
      'recorded role app',
      'recorded role way-back',
      'recorded user dana',
      expect.stringMatching(/^recorded access-key AKIA/),
      'recorded user helper',
    ]);
    await under.close();
    expect(await madeBy([deployer, deployer])).toEqual(alone);
  });

  it('is nothing where nobody is asked about, or they made nothing', async () => {
    expect(await madeBy([])).toEqual({ found: [], gaps: [] });
    await under.close();
    expect(await madeBy([target('user', 'helper')])).toEqual({ found: [], gaps: [] });
  });

  it('leaves a gap where the account cannot be read, and does not throw', async () => {
    const refuse = () => {
      throw new AwsError('AccessDeniedException', 'not now');
    };
    expect(await madeBy([deployer], refuse)).toEqual({
      found: [],
      gaps: [`account ${deployer.account}: AccessDeniedException`],
    });
  });
});
