import { Command } from 'commander';
import type { Incident } from '../functions/core/incident.ts';
import { type OpenCloud, openCloud } from './cloud.ts';
import { type Printer, silent, terminal } from './print.ts';

export interface CommonOptions {
  readonly json?: boolean;
}

/** A command on the laptop cloud: opens it, answers, and stops what it started, whatever happens. */
export function cloudCommand(name: string, description: string): Command {
  return new Command(name).description(description).option('--json', 'print one JSON document');
}

export async function withCloud(
  { json }: CommonOptions,
  work: (cloud: OpenCloud, printer: Printer) => Promise<void>,
): Promise<void> {
  const printer = json ? silent : terminal();
  const cloud = await openCloud({}, printer);
  try {
    await work(cloud, printer);
  } finally {
    await cloud.stop();
  }
}

/** Something that the person who typed the command can mend: shown in one line, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The incident, or an error that says which there are. */
export async function existing(cloud: OpenCloud, id: string): Promise<Incident> {
  const incident = await cloud.ledger.read(id);
  if (incident.status === 'empty')
    throw new CommandError(`there is no incident ${id}; "sallyport incidents" lists those that there are`);
  return incident;
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}
