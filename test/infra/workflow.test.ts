import { StateMachine } from 'aws-local-stepfunctions';
import { beforeAll, describe, expect, it } from 'vitest';
import { families, remediationState } from '../../functions/core/family.ts';
import { RETRIED } from '../../infra/tasks.ts';
import { committedTemplate, type Template } from './template.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string; readonly StringEquals: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly JitterStrategy: string }[];
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Resource?: string;
  readonly End?: boolean;
}

let template: Template;
let definition: { readonly StartAt: string; readonly States: Readonly<Record<string, State>> };
let tasks: [string, State][];

beforeAll(async () => {
  template = await committedTemplate();
  const [machine] = template.ofType('AWS::StepFunctions::StateMachine').values();
  definition = JSON.parse(String(machine?.DefinitionString));
  tasks = Object.entries(definition.States).filter(([, state]) => state.Type === 'Task');
});

function nextOf(name: string): string[] {
  const { Next, Default, Choices = [], Catch = [] } = definition.States[name] ?? { Type: 'none' };
  return [Next, Default, ...Choices.map((one) => one.Next), ...Catch.map((one) => one.Next)].filter(
    (next) => next !== undefined,
  );
}

function reachable(from: string, seen = new Set([from])): Set<string> {
  for (const next of nextOf(from).filter((name) => !seen.has(name))) reachable(next, seen.add(next));
  return seen;
}

describe('the state machine', () => {
  it('has exactly the tasks of docs/spine.md', () => {
    expect(tasks.map(([name]) => name).sort()).toEqual([
      'AwaitApproval',
      'Close',
      'Collect',
      'CollectContained',
      'CollectContainedGivenUp',
      'CollectGivenUp',
      'Decide',
      'DecideAnswered',
      'DecideLease',
      'Escalate',
      'HoldLease',
      'Investigate',
      'Plan',
      ...families.map(remediationState),
      'Triage',
      'Wake',
      'WatchHealth',
    ]);
  });

  it('lets every task run out of time, retries what passes by itself, and catches the rest', () => {
    for (const [name, { TimeoutSeconds, TimeoutSecondsPath, Retry, Catch }] of tasks) {
      expect(TimeoutSeconds ?? TimeoutSecondsPath, name).toBeDefined();
      expect(Retry?.[0], name).toMatchObject({ ErrorEquals: RETRIED, JitterStrategy: 'FULL' });
      expect(Catch?.at(-1)?.ErrorEquals, name).toEqual(['States.ALL']);
    }
    expect(RETRIED).toEqual(
      expect.arrayContaining([
        'Lambda.TooManyRequestsException',
        'Lambda.Unknown',
        'Sandbox.Timedout',
        'Runtime.ExitError',
      ]),
    );
  });

  it('gives a task longer than its function, so that the function’s own end is what is seen', () => {
    const limits = new Map(
      [...template.ofType('AWS::Lambda::Function')].map(([id, { Timeout }]) => [
        `<${id}.Arn>`,
        Number(Timeout),
      ]),
    );
    for (const [name, { Resource = '', TimeoutSeconds }] of tasks.filter(([, one]) => one.TimeoutSeconds))
      expect(TimeoutSeconds, name).toBeGreaterThan(limits.get(Resource) ?? Number.POSITIVE_INFINITY);
  });

  it('reaches every state, and from every state Close or Escalate', () => {
    const all = Object.keys(definition.States);
    expect([...reachable(definition.StartAt)].sort()).toEqual(all.sort());
    for (const name of all.filter((one) => !['EscalationFailed', 'Wake', 'NotWoken'].includes(one)))
      expect(
        ['Close', 'Escalate'].some((end) => reachable(name).has(end)),
        name,
      ).toBe(true);
  });

  it('ends nowhere but in Close and Escalate, dead when Escalate itself fails, or when another one was woken', () => {
    const ends = Object.keys(definition.States).filter((name) => nextOf(name).every((next) => next === name));
    const withEnd = Object.entries(definition.States)
      .filter(([, { End }]) => End)
      .map(([name]) => name);
    expect(withEnd.sort()).toEqual(['Close', 'Escalate', 'Wake']);
    expect(ends.sort()).toEqual(['EscalationFailed', 'NotWoken']);
    expect(nextOf('Wake')).toEqual(['NotWoken']);
    expect(nextOf('Escalate')).toEqual(['EscalationFailed']);
  });

  it('refers to a task’s token once in each waiting state and nowhere else, since each reference draws a new one', () => {
    for (const [name, state] of Object.entries(definition.States)) {
      const references = JSON.stringify(state).match(/\$\$\.Task\.Token/g) ?? [];
      expect(references.length, name).toBe(['AwaitApproval', 'HoldLease'].includes(name) ? 1 : 0);
    }
  });

  it('keeps execution data, and so task tokens, out of its log', () => {
    const [machine] = template.ofType('AWS::StepFunctions::StateMachine').values();
    expect(machine?.LoggingConfiguration).toMatchObject({ IncludeExecutionData: false, Level: 'ERROR' });
    expect(machine?.StateMachineType ?? 'STANDARD').toBe('STANDARD');
  });
});

const input = { version: 1, incidentId: 'INC-0000000000000000', generation: 1, event: 'finding' };
type Answers = Readonly<Record<string, () => object>>;

/** Runs the definition with these answers of its tasks; what each was given is kept by name. */
async function travel(event: string, answers: Answers): Promise<[string, unknown][]> {
  const calls: [string, unknown][] = [];
  const taskResourceLocalHandlers = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      async (payload: unknown): Promise<Record<string, never>> => {
        calls.push([name, payload]);
        return { ...answer() };
      },
    ]),
  );
  const machine = new StateMachine(withFixedTimeouts() as never, { validationOptions: { checkArn: false } });
  const context = { Task: { Token: 'a token' } };
  await machine.run({ ...input, event }, { overrides: { taskResourceLocalHandlers }, context }).result;
  return calls;
}

/** The interpreter looks for TimeoutSecondsPath in what Parameters made, where AWS takes the state's input. */
function withFixedTimeouts(): unknown {
  return JSON.parse(
    JSON.stringify(definition).replaceAll(
      '"TimeoutSecondsPath":"$.step.timeoutSeconds"',
      '"TimeoutSeconds":60',
    ),
  );
}

const to =
  (next: string, timeoutSeconds = 0) =>
  () => ({ next, timeoutSeconds });
class Broken extends Error {
  override readonly name = 'BrokenError';
}

describe('an execution', () => {
  it('goes from a finding over a person’s approval to a change, its lease and its end', async () => {
    const calls = await travel('finding', {
      Triage: to('investigate'),
      Investigate: to('plan'),
      Plan: to('decide'),
      Decide: to('await-approval', 60),
      Collect: to('collected'),
      AwaitApproval: () => ({}),
      DecideAnswered: to('remediate-network'),
      RemediateNetwork: to('hold', 60),
      CollectContained: to('collected'),
      HoldLease: () => ({}),
      DecideLease: to('close'),
      Close: to('closed'),
    });
    expect(calls.map(([name]) => name)).toEqual([
      'Triage',
      'Investigate',
      'Plan',
      'Decide',
      'Collect',
      'AwaitApproval',
      'DecideAnswered',
      'RemediateNetwork',
      'CollectContained',
      'HoldLease',
      'DecideLease',
      'Close',
    ]);
    expect(calls[0]).toEqual(['Triage', input]);
    expect(calls[3]).toEqual(['Decide', { ...input, event: 'planned' }]);
    expect(calls[4]).toEqual(['Collect', { ...input, event: 'planned' }]);
    expect(calls[5]?.[1]).toMatchObject({ Payload: { ...input, taskToken: 'a token' } });
    expect(calls[6]).toEqual(['DecideAnswered', { ...input, event: 'answered' }]);
    expect(calls[8]).toEqual(['CollectContained', { ...input, event: 'contained' }]);
    expect(calls[10]).toEqual(['DecideLease', { ...input, event: 'lease-ended' }]);
  });

  it.each([
    ['records that evidence could not be kept, and goes on', to('collected')],
    [
      'goes on even where that cannot be recorded',
      () => {
        throw new Broken('no');
      },
    ],
  ])('%s', async (_, givenUp) => {
    const broken = () => {
      throw new Broken('no');
    };
    const calls = await travel('finding', {
      Triage: to('investigate'),
      Investigate: to('plan'),
      Plan: to('decide'),
      Decide: to('remediate-network'),
      Collect: broken,
      CollectGivenUp: givenUp,
      RemediateNetwork: to('hold', 60),
      CollectContained: broken,
      CollectContainedGivenUp: givenUp,
      HoldLease: () => ({}),
      DecideLease: to('close'),
      Close: to('closed'),
    });
    const error = expect.objectContaining({ Error: 'BrokenError' });
    expect(calls.slice(3).map(([name]) => name)).toEqual([
      'Decide',
      'Collect',
      'CollectGivenUp',
      'RemediateNetwork',
      'CollectContained',
      'CollectContainedGivenUp',
      'HoldLease',
      'DecideLease',
      'Close',
    ]);
    expect(calls[5]).toEqual(['CollectGivenUp', { ...input, event: 'planned', error }]);
    expect(calls[8]).toEqual(['CollectContainedGivenUp', { ...input, event: 'contained', error }]);
  });

  it('comes back from its lease for a look at health, and then decides again', async () => {
    const answers = [to('watch-health'), to('close')];
    const calls = await travel('rollback', {
      DecideLease: () => answers.shift()?.() ?? {},
      WatchHealth: to('decide-lease'),
      Close: to('closed'),
    });
    expect(calls.map(([name]) => name)).toEqual(['DecideLease', 'WatchHealth', 'DecideLease', 'Close']);
  });

  it('goes straight to the lease when a person asks for a rollback', async () => {
    const calls = await travel('rollback', { DecideLease: to('close'), Close: to('closed') });
    expect(calls.map(([name]) => name)).toEqual(['DecideLease', 'Close']);
  });

  it('escalates without an error when a step asks for it', async () => {
    const calls = await travel('finding', { Triage: to('escalate'), Escalate: to('escalated') });
    expect(calls.at(-1)).toEqual(['Escalate', input]);
  });

  it('escalates what a step answers and nobody knows', async () => {
    const calls = await travel('finding', { Triage: to('dance'), Escalate: to('escalated') });
    expect(calls.map(([name]) => name)).toEqual(['Triage', 'Escalate']);
  });

  it('escalates an error that is not retried, and names it', async () => {
    const Triage = () => {
      throw new Broken('no');
    };
    const calls = await travel('finding', { Triage, Escalate: to('escalated') });
    expect(calls.at(-1)).toEqual([
      'Escalate',
      { ...input, error: expect.objectContaining({ Error: 'BrokenError' }) },
    ]);
  });

  it('escalates when closing fails, and dies when even that fails', async () => {
    const broken = () => {
      throw new Broken('no');
    };
    const calls = await travel('finding', { Triage: to('close'), Close: broken, Escalate: to('escalated') });
    expect(calls.map(([name]) => name)).toEqual(['Triage', 'Close', 'Escalate']);
    await expect(travel('finding', { Triage: to('escalate'), Escalate: broken })).rejects.toThrow();
  });
});
