import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { families, remediationState } from '../../functions/core/family.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { ArmedKill, KillPoint } from '../../sandbox/kill.ts';
import { approvalLink, approveAsDemo } from '../approve-as-demo.ts';
import { arrival } from '../arrival.ts';
import { type OpenCloud, openCloud } from '../cloud.ts';
import { CommandError } from '../cloud-command.ts';
import { type Problem, readFindings, type Taken } from '../finding-files.ts';
import { follow } from '../follow.ts';
import { atRest, type Outcome, outcomeOf, suppressedOutcome } from '../outcome.ts';
import { silent, terminal } from '../print.ts';
import { setModeOnce } from '../set-mode.ts';
import { outcomeTable } from '../table.ts';

interface Options {
  readonly account?: string;
  readonly approve?: boolean;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
  readonly json?: boolean;
  readonly kill?: KillPoint;
}

/** States in which something would be done, or somebody asked: a dry run ends before them. */
const AFTER_DECISION = ['Collect', 'AwaitApproval', ...families.map(remediationState)];

export function respondCommand(): Command {
  return new Command('respond')
    .description('run finding files (EventBridge event, bare finding or API form) through the whole system')
    .argument('<file...>', 'files, each holding one finding, one event, or a list')
    .option(
      '--account <directory>',
      'the account that the findings are about: account.json and activity.json',
    )
    .option('--approve', 'approve as the demo approver whatever asks for approval')
    .option('--dry-run', 'stop after the decision; nothing is changed, asked or kept')
    .option('--fresh', 'empty the laptop cloud first')
    .option('--json', 'print one JSON document')
    .option(
      '--kill <function:point>',
      'kill a function once: 1 is right before its first call, 2 right after it, 3 before its second, …',
      killPoint,
    )
    .action(respond);
}

function killPoint(text: string): KillPoint {
  const [, name, point] = /^([a-z-]+):([1-9]\d{0,4})$/.exec(text) ?? [];
  if (name && point) return { function: name, point: Number(point) };
  throw new InvalidArgumentError('Expected a function and a number from 1, such as plan:12.');
}

async function respond(files: readonly string[], options: Options): Promise<void> {
  const printer = options.json ? silent : terminal();
  const read = files.map(readFindings);
  const problems = read.flatMap((one) => ('reason' in one ? [problem(one.file, one.reason)] : []));
  const taken = read.flatMap((one) => ('reason' in one ? [] : one));
  const scratch = options.dryRun ? mkdtempSync(join(tmpdir(), 'sallyport-dry-run-')) : undefined;
  const cloud = await openCloud(
    {
      ...(options.account ? { accountSeed: options.account } : {}),
      ...(options.fresh ? { fresh: true } : {}),
      ...(scratch ? { stateDirectory: scratch, haltBefore: AFTER_DECISION } : {}),
    },
    printer,
  );
  try {
    const kill = options.kill && armed(cloud, options.kill);
    const outcomes = await printer.during('responding', () => run(cloud, taken, problems, options));
    if (options.kill && !kill?.fired)
      problems.push(
        problem('--kill', `${options.kill.function} made ${kill?.calls.length} call(s): none was killed`),
      );
    if (options.json)
      console.log(JSON.stringify({ account: options.account ?? null, outcomes, problems }, null, 2));
    else printer.text(outcomeTable(outcomes, cloud.cloud.seed === undefined));
  } finally {
    await cloud.stop();
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
  if (problems.length > 0) process.exitCode = 1;
}

/** A kill can only be armed in a cloud of this process. */
function armed(cloud: OpenCloud, point: KillPoint): ArmedKill {
  if (cloud.own) return cloud.own.arm(point);
  throw new CommandError(
    `--kill needs a cloud of its own, and one runs already (process ${cloud.cloud.pid})`,
  );
}

/** Said at once, and again in the result. */
function problem(file: string, reason: string): Problem {
  console.error(`${file}: ${reason}`);
  return { file, reason };
}

/** What no rule takes, or does not come to rest, is a problem of its own: the others still run. */
async function run(
  cloud: OpenCloud,
  taken: readonly Taken[],
  problems: Problem[],
  options: Options,
): Promise<Outcome[]> {
  await setModeOnce(cloud, 'act');
  const delivered: Taken[] = [];
  for (const one of taken) {
    const rules = await cloud.deliver(one.event);
    if (rules.length > 0) delivered.push(one);
    else problems.push(problem(one.file, `no rule of the stack takes "${one.event['detail-type']}"`));
  }
  const outcomes: Outcome[] = [];
  for (const { file, findings } of delivered)
    for (const finding of findings) {
      try {
        outcomes.push(await outcomeFor(finding, basename(file), cloud, options));
      } catch (error) {
        problems.push(problem(file, error instanceof Error ? error.message : String(error)));
      }
    }
  return outcomes;
}

async function outcomeFor(
  finding: Finding,
  file: string,
  cloud: OpenCloud,
  options: Options,
): Promise<Outcome> {
  const arrived = await arrival(cloud, finding);
  if ('suppressed' in arrived) return suppressedOutcome(arrived.suppressed, file);
  const incident = await settle(cloud, arrived.incident, options);
  const outcome = outcomeOf(incident, file, finding.finding_info.uid);
  return atRest(incident) ? outcome : { ...outcome, outcome: 'decided' };
}

async function settle(cloud: OpenCloud, incidentId: string, options: Options): Promise<Incident> {
  const until = options.dryRun ? isDecided : atRest;
  const { incident } = await follow(cloud, incidentId, silent, { until });
  if (!options.approve || incident.status !== 'awaiting-approval') return incident;
  const link = await approvalLink(cloud.cloud, incidentId);
  if (!link) throw new Error(`${incidentId} asks for approval, but no mail with a link has arrived`);
  await approveAsDemo(cloud.cloud, link);
  return (await follow(cloud, incidentId, silent)).incident;
}

function isDecided(incident: Incident): boolean {
  return incident.decision !== undefined || atRest(incident);
}
