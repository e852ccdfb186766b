import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Assembly, type SmallCloud, smallAssembly, startSmall } from './cloud/fixture.ts';

let assembly: Assembly;
let small: SmallCloud;

beforeAll(async () => {
  assembly = await smallAssembly();
});
afterAll(() => assembly.remove());
afterEach(() => small.cloud.stop());

describe('a finding travels through the laptop cloud', () => {
  it('from the bus over the queue, a function and the state machine to a person and to its end', async () => {
    small = await startSmall(assembly);
    small.find({ id: 'one' });
    await small.cloud.idle();
    expect(await small.ledger('one#fact')).toEqual([1]);
    expect((await small.execution('one')).status).toBe('RUNNING');
    expect(small.cloud.mails()).toMatchObject([
      {
        from: 'robot@example.com',
        to: ['person@example.com'],
        subject: 'Décide: one',
        text: 'line one\n.hidden dot\nünïcode',
        html: '<p>Decide <b>one</b></p>',
      },
    ]);

    await small.answer('one');
    await small.cloud.idle();
    expect(await small.ledger('one#fact')).toEqual([1, 2]);
    const { status, output } = await small.execution('one');
    expect([status, output]).toEqual(['SUCCEEDED', '{"wrote":"written"}']);
    expect(small.events.map((event) => event.type)).toContain('state-waiting');
  });

  it('and the table stream tells of every item once, in order', async () => {
    small = await startSmall(assembly);
    small.find({ id: 'one' });
    await small.cloud.idle();
    await small.answer('one');
    await small.cloud.idle();
    const seen = [await small.note('seen', 'one#fact/1'), await small.note('seen', 'one#fact/2')];
    expect(seen.map((note) => [note?.name?.S, note?.times?.N])).toEqual([
      ['INSERT', '1'],
      ['INSERT', '1'],
    ]);
  });

  it('and a message that keeps failing ends in the dead-letter queue while the others of its batch go on', async () => {
    small = await startSmall(assembly);
    small.find({ id: 'bad', poison: true });
    small.find({ id: 'good' });
    await small.cloud.idle();
    expect(await small.ledger('good#fact')).toEqual([1]);
    const sqs = new SQSClient(small.as('small-writer') as never);
    const QueueUrl = `https://sqs.us-east-1.amazonaws.com/111122223333/small-dead`;
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({ detail: { id: 'bad' } });
    expect(small.events.filter((event) => event.type === 'dead-letter')).toHaveLength(1);
  });
});

describe('what fails', () => {
  it('a function killed before a call is retried, and the call is made once', async () => {
    small = await startSmall(assembly, { faults: { kill: { function: 'work', point: 1 } } });
    small.find({ id: 'one' });
    await small.cloud.idle();
    expect(small.events.filter((event) => event.type === 'function-killed')).toMatchObject([
      { function: 'small-work', point: 1, operation: 'ExecuteStatement' },
    ]);
    expect(await small.ledger('one#fact')).toEqual([1]);
    const ends = small.events.filter(
      (event) => event.type === 'function-ended' && event.function === 'small-work',
    );
    expect(ends.map((event) => ('errorType' in event ? event.errorType : 'done'))).toEqual([
      'Runtime.ExitError',
      'done',
    ]);
  });

  it('a function killed after a call finds on its retry that the call was carried out', async () => {
    small = await startSmall(assembly, { faults: { kill: { function: 'small-work', point: 2 } } });
    small.find({ id: 'one' });
    await small.cloud.idle();
    expect(await small.ledger('one#fact')).toEqual([1]);
    await small.answer('one');
    await small.cloud.idle();
    expect((await small.execution('one')).status).toBe('SUCCEEDED');
    const inserts = small.cloud.callLog().filter(({ role }) => role === 'small-work');
    expect(inserts.map(({ errorCode }) => errorCode ?? 'done')).toEqual(['done', 'DuplicateItemException']);
  });

  it('an injected throttle is retried by the client itself', async () => {
    small = await startSmall(assembly, { faults: { throttle: { function: 'work', call: 1 } } });
    small.find({ id: 'one' });
    await small.cloud.idle();
    const inserts = small.cloud.callLog().filter(({ role }) => role === 'small-work');
    expect(inserts.map(({ errorCode }) => errorCode ?? 'done')).toEqual(['ThrottlingException', 'done']);
  });

  it.each([
    ['crash', { crash: true }, 'Runtime.ExitError', 2],
    ['time-out', { slow: true }, 'Sandbox.Timedout', 2],
    ['error that no retry names', { fail: 'NoSuchThing' }, 'NoSuchThing', 1],
  ])('a %s fails the execution by its name, which the bus hears of', async (_, plan, error, attempts) => {
    small = await startSmall(assembly);
    small.find({ id: 'one', plan });
    await small.cloud.idle();
    const execution = await small.execution('one');
    expect([execution.status, execution.error]).toEqual(['FAILED', error]);
    expect(JSON.parse(execution.cause ?? '{}')).toMatchObject({ errorType: error });
    expect((await small.note('buried', 'one'))?.error?.S).toBe(`FAILED ${error}`);
    const runs = small.events.filter(
      (event) => event.type === 'function-started' && event.function === 'small-work',
    );
    expect(runs).toHaveLength(attempts);
  });
});

describe('the state outlives the process', () => {
  it('an execution that waited for a person runs again from its start and finds its facts', async () => {
    small = await startSmall(assembly);
    small.find({ id: 'one' });
    await small.cloud.idle();
    const firstToken = (await small.note('token#one', '-'))?.token?.S;
    await small.cloud.stop();

    small = await startSmall(assembly, { stateDirectory: small.stateDirectory });
    await small.cloud.idle();
    expect((await small.note('token#one', '-'))?.token?.S).not.toBe(firstToken);
    await small.answer('one');
    await small.cloud.idle();
    expect((await small.execution('one')).status).toBe('SUCCEEDED');
    expect(await small.ledger('one#fact')).toEqual([1, 2]);
    expect(small.cloud.mails().map(({ subject }) => subject)).toEqual(['Décide: one', 'Décide: one']);
    expect((await small.note('seen', 'one#fact/1'))?.times?.N).toBe('1');
  });

  it('a message that was not worked on when the cloud stopped is worked on at the next start', async () => {
    small = await startSmall(assembly);
    small.find({ id: 'one' });
    await small.cloud.stop();
    small = await startSmall(assembly, { stateDirectory: small.stateDirectory });
    await small.cloud.idle();
    expect(await small.ledger('one#fact')).toEqual([1]);
  });

  it('a dry run halts before the named state and leaves the execution running', async () => {
    small = await startSmall(assembly, { haltBefore: ['Ask'] });
    small.find({ id: 'one' });
    await small.cloud.idle();
    expect(small.cloud.mails()).toEqual([]);
    expect(small.events.at(-1)).toMatchObject({ type: expect.any(String) });
    expect(small.events.filter((event) => event.type === 'state-halted')).toMatchObject([{ state: 'Ask' }]);
    expect((await small.execution('one')).status).toBe('RUNNING');
  });
});
