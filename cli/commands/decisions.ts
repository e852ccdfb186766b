import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Incident } from '../../functions/core/incident.ts';
import { madePermanent } from '../../functions/response/lease.ts';
import { isSettled } from '../../functions/response/settled.ts';
import {
  CommandError,
  type CommonOptions,
  cloudCommand,
  existing,
  printJson,
  withCloud,
} from '../cloud-command.ts';
import { follow } from '../follow.ts';
import { outcomeOf } from '../outcome.ts';
import type { ApiAnswer } from '../signed-post.ts';

interface ReasonOption extends CommonOptions {
  readonly reason?: string;
}

interface RenewOptions extends CommonOptions {
  readonly reason: string;
  readonly hours?: number;
  readonly permanent?: boolean;
}

type Route = 'decision' | 'rollback' | 'lease';

/** An approver's answers from the command line, over the route that takes AWS signatures. */
export function approveCommand(): Command {
  return answering('approve', 'approve the plan that an incident waits with')
    .option('--reason <text>', 'why, for the ledger')
    .action((id: string, options: ReasonOption) =>
      answer(id, options, 'decision', { outcome: 'approve', reason: options.reason ?? '' }),
    );
}

export function denyCommand(): Command {
  return answering('deny', 'deny the plan that an incident waits with')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .action((id: string, options: ReasonOption) =>
      answer(id, options, 'decision', { outcome: 'deny', reason: options.reason ?? '' }),
    );
}

export function rollbackCommand(): Command {
  return answering('rollback', 'undo what was done for an incident')
    .option('--reason <text>', 'why, for the ledger', 'asked for on the command line')
    .action((id: string, options: ReasonOption) =>
      answer(id, options, 'rollback', { reason: options.reason ?? '' }),
    );
}

export function renewCommand(): Command {
  return answering('renew', 'keep a containment past its lease')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .addOption(
      new Option('--hours <number>', 'how long from now, at most 720')
        .argParser(hours)
        .conflicts('permanent'),
    )
    .option('--permanent', 'for good: the incident is closed and the change stands')
    .action((id: string, { reason, permanent, ...options }: RenewOptions) => {
      if (!permanent && options.hours === undefined)
        throw new CommandError('renew needs --hours <number> or --permanent');
      return answer(id, options, 'lease', { reason, ...(permanent ? {} : { hours: options.hours }) });
    });
}

function hours(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 720) return number;
  throw new InvalidArgumentError('Expected a number of hours, at most 720.');
}

function answering(name: string, description: string): Command {
  return cloudCommand(name, description).argument('<incident>', 'the incident, as INC-…');
}

function answer(id: string, options: CommonOptions, route: Route, body: object): Promise<void> {
  return withCloud(options, async (cloud, printer) => {
    const before = await existing(cloud, id);
    const manifestHash = before.plan?.manifestHash;
    if (!manifestHash) throw new CommandError(`${id} has no plan; "sallyport show ${id}" tells how it ended`);
    const reply = await cloud.ask(`/api/incidents/${id}/${route}`, { ...body, manifestHash });
    if (reply.status >= 300) throw new CommandError(`${id}: ${wordsOf(reply)}`);
    const moved = (incident: Incident) =>
      incident.timeline.length > before.timeline.length && settled(incident, route);
    const { incident } = await follow(cloud, id, printer, { from: before.timeline.length, until: moved });
    if (options.json) printJson(outcomeOf(incident, '', incident.findings.at(-1)?.finding_info.uid ?? ''));
    else printer.text(`${id}: ${incident.status}`);
  });
}

/**
 * What ends a containment is through with the ending that follows it, of an incident that may have ended before: a
 * rollback, and that it stands for good.
 */
function settled(incident: Incident, route: Route): boolean {
  const isLast = route === 'rollback' || (route === 'lease' && madePermanent(incident) !== undefined);
  return isLast ? isSettled(incident) : incident.status !== 'working';
}

function wordsOf({ status, answer: said }: ApiAnswer): string {
  return typeof said.message === 'string' ? said.message : `the console answered ${status}`;
}
