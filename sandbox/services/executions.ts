import type { DurableMap } from '../durable.ts';
import { durable } from '../home.ts';
import type { EventBus } from './events.ts';
import { ExecutionRun, type RunEnd, type RunPorts } from './execution-run.ts';
import type { Machine } from './machine.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What is kept of an execution. Dates are ISO 8601. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly input: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** All executions, running and ended. One that had not ended when the cloud stopped runs again from its start. */
export class Executions {
  readonly machines: readonly Machine[];
  readonly #ports: RunPorts;
  readonly #bus: EventBus;
  readonly #records: DurableMap<ExecutionRecord>;
  readonly #running = new Map<string, ExecutionRun>();

  constructor(ports: RunPorts, bus: EventBus, machines: readonly Machine[]) {
    this.machines = machines;
    this.#ports = ports;
    this.#bus = bus;
    this.#records = durable(ports.home, 'executions');
  }

  /** What happened before is in the ledger, so that a second run of the same input only goes on. */
  resume(): void {
    for (const record of this.#records.values()) {
      const machine = this.machine(record.machineArn);
      if (machine && record.status === 'RUNNING') void this.#run(machine, record);
    }
  }

  machine(arn: string): Machine | undefined {
    return this.machines.find((machine) => machine.arn === arn);
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.#records.get(arn);
  }

  list(machineArn: string): ExecutionRecord[] {
    return this.#records.values().filter((record) => record.machineArn === machineArn);
  }

  start(machine: Machine, name: string, input: string): ExecutionRecord {
    const arn = executionArn(machine, name);
    const startDate = this.#ports.home.now().toISOString();
    const record = { arn, name, machineArn: machine.arn, input, status: 'RUNNING', startDate } as const;
    this.#records.set(arn, record);
    this.#publish(record);
    void this.#run(machine, record);
    return record;
  }

  /** StopExecution: one that has ended stays as it ended. */
  abort(record: ExecutionRecord, error: string | undefined, cause: string | undefined): ExecutionRecord {
    if (record.status !== 'RUNNING') return record;
    const aborted = this.#close(record, 'ABORTED', {
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    });
    this.#running.get(record.arn)?.stop();
    return aborted;
  }

  /** Ends the runs; their records stay as they are. */
  stop(): void {
    for (const run of this.#running.values()) run.stop();
  }

  async #run(machine: Machine, record: ExecutionRecord): Promise<void> {
    const run = new ExecutionRun(this.#ports, machine, record.name);
    this.#running.set(record.arn, run);
    this.#ports.home.emit({ type: 'execution-started', execution: record.name });
    const end = await run.run(record.arn, record.input);
    this.#running.delete(record.arn);
    if (!this.#ports.home.stopped.aborted) this.#end(record, end);
    run.settled();
  }

  #end(record: ExecutionRecord, end: RunEnd): void {
    if (end.status === 'stopped') return;
    const { status, ...details } = end;
    this.#close(record, status, 'output' in details ? { output: JSON.stringify(details.output) } : details);
  }

  #close(
    record: ExecutionRecord,
    status: ExecutionStatus,
    details: Partial<Pick<ExecutionRecord, 'output' | 'error' | 'cause'>>,
  ): ExecutionRecord {
    const closed = { ...record, status, stopDate: this.#ports.home.now().toISOString(), ...details };
    this.#records.set(record.arn, closed);
    const failure = details.error === undefined ? {} : { error: details.error };
    this.#ports.home.emit({ type: 'execution-ended', execution: record.name, status, ...failure });
    this.#publish(closed);
    return closed;
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
  #publish(record: ExecutionRecord): void {
    const { arn, name, machineArn, input, status, startDate, stopDate, output, error, cause } = record;
    const detail = {
      executionArn: arn,
      stateMachineArn: machineArn,
      name,
      status,
      startDate: Date.parse(startDate),
      stopDate: stopDate === undefined ? null : Date.parse(stopDate),
      input,
      output: output ?? null,
      error: error ?? null,
      cause: cause ?? null,
    };
    const type = 'Step Functions Execution Status Change';
    this.#bus.deliver(this.#bus.publish('aws.states', type, detail, [arn]));
  }
}

export function executionArn(machine: Pick<Machine, 'arn'>, name: string): string {
  return `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
}
