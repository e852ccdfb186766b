import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { FindingRejectedError } from '../../functions/core/errors.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Incident } from '../../functions/core/incident.ts';
import type { EventEnvelope } from '../../functions/core/source.ts';
import { envelopesOf, parseEnvelope } from '../../functions/sources/normalise.ts';
import { approvalLink, approveAsDemo } from '../approve-as-demo.ts';
import { arrival } from '../arrival.ts';
import { type OpenCloud, openCloud } from '../cloud.ts';
import { follow } from '../follow.ts';
import { atRest, type Outcome, outcomeOf } from '../outcome.ts';
import { silent, terminal } from '../print.ts';
import { setModeOnce } from '../set-mode.ts';
import { outcomeTable } from '../table.ts';

interface Options {
  readonly account?: string;
  readonly approve?: boolean;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

interface Taken {
  readonly file: string;
  readonly event: EventEnvelope;
  readonly findings: readonly Finding[];
}
type Problem = { readonly file: string; readonly reason: string };

/** States in which something would be done, or somebody asked: a dry run ends before them. */
const AFTER_DECISION = ['AwaitApproval', 'Remediate', 'RemediatePolicy'];

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
    .action(respond);
}

async function respond(files: readonly string[], options: Options): Promise<void> {
  const printer = options.json ? silent : terminal();
  const read = files.map(readFindings);
  const problems: Problem[] = read.flatMap((one) => ('reason' in one ? [one] : []));
  for (const { file, reason } of problems) console.error(`${file}: ${reason}`);
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
    const outcomes = await printer.during('responding', () => run(cloud, taken, options));
    if (options.json)
      console.log(JSON.stringify({ account: options.account ?? null, outcomes, problems }, null, 2));
    else printer.text(outcomeTable(outcomes, options.account === undefined));
  } finally {
    await cloud.stop();
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
  if (problems.length > 0) process.exitCode = 1;
}

/** One file's events and findings, or in one line why it holds none. */
function readFindings(file: string): Taken[] | Problem {
  try {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return envelopesOf(document).map((event) => ({ file, event, findings: parseEnvelope(event) }));
  } catch (error) {
    if (error instanceof FindingRejectedError) return { file, reason: firstLine(error.message) };
    if (error instanceof SyntaxError) return { file, reason: `is no JSON: ${firstLine(error.message)}` };
    if (error instanceof Error && 'code' in error)
      return { file, reason: `cannot be read: ${firstLine(error.message)}` };
    throw error;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

async function run(cloud: OpenCloud, taken: readonly Taken[], options: Options): Promise<Outcome[]> {
  await setModeOnce(cloud, 'act');
  for (const { event } of taken) await cloud.deliver(event);
  const outcomes: Outcome[] = [];
  for (const { file, findings } of taken)
    for (const finding of findings) {
      const incidentId = await arrival(cloud, finding);
      const incident = await settle(cloud, incidentId, options);
      outcomes.push(outcomeOf(incident, basename(file), finding.finding_info.uid));
    }
  return outcomes;
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
