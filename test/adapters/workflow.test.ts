import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflow } from '../../functions/adapters/workflow.ts';
import { startHome, type TestHome } from './home.ts';

let home: TestHome;
beforeAll(async () => {
  home = await startHome();
});
afterAll(() => home.close());

describe('the workflow', () => {
  const start = (changes: object = {}, machine = 'response') =>
    workflow(`arn:aws:states:eu-central-1:111122223333:stateMachine:${machine}`, home.workflow).start({
      incidentId: 'INC-0000000000000001',
      generation: 1,
      event: 'finding',
      attempt: 0,
      ...changes,
    });

  it('starts an incident’s execution under its own name, with the contract’s input', async () => {
    await start();
    expect(home.executions.get('INC-0000000000000001-1')).toBe(
      '{"event":"finding","generation":1,"incidentId":"INC-0000000000000001","version":1}',
    );
  });

  it('takes a second start for done, and starts nothing', async () => {
    await start({ generation: 2 });
    const before = home.executions.size;
    await start({ generation: 2 });
    expect(home.executions.size).toBe(before);
  });

  it('starts another one for the next generation and for each rollback that is asked for', async () => {
    await start({ generation: 3 });
    await start({ generation: 3, event: 'rollback', attempt: 1 });
    await start({ generation: 3, event: 'rollback', attempt: 2 });
    const names = [...home.executions.keys()].filter((name) => name.startsWith('INC-0000000000000001-3'));
    expect(names).toEqual([
      'INC-0000000000000001-3',
      'INC-0000000000000001-3-rollback-1',
      'INC-0000000000000001-3-rollback-2',
    ]);
  });

  it('passes every other error on, so that the queue delivers again', async () => {
    await expect(start({}, 'gone')).rejects.toThrow('State Machine Does Not Exist');
  });
});
