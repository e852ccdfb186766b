import { Command } from 'commander';
import { audit } from './audit.ts';
import { openCloud } from './cloud.ts';
import { stories } from './demo-stories.ts';
import { type Printer, silent, terminal } from './print.ts';
import type { Session } from './session.ts';
import { setModeOnce } from './set-mode.ts';
import { demoDirectory, type StoryResult, tellStory } from './tell-story.ts';

interface Options {
  readonly approve?: boolean;
  readonly json?: boolean;
  readonly port?: string;
}

await new Command('demo')
  .description(
    'The main job on this machine: an AWS account under attack, three findings, and what comes of them.',
  )
  .option('--approve', 'approve as the demo approver, and end by itself')
  .option('--json', 'print one JSON document')
  .option('--port <number>', 'port of the console (default: a free one)')
  .action(demo)
  .parseAsync();

async function demo(options: Options): Promise<void> {
  const printer = options.json ? silent : terminal();
  try {
    await run(printer, options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function run(printer: Printer, { approve = false, json, port }: Options): Promise<void> {
  const ports = port === undefined ? {} : { ports: { console: portOf(port) } };
  const cloud = await openCloud({ fresh: true, accountSeed: demoDirectory, ...ports }, printer);
  try {
    const { consoleUrl, inboxUrl, account, region } = cloud.cloud;
    printer.heading(`Account ${account} in ${region}, on this machine`);
    printer.text(`console ${consoleUrl}\ninbox   ${inboxUrl}`);
    await setModeOnce(cloud, 'act');
    const results: StoryResult[] = [];
    for (const story of stories) results.push(await tellStory(cloud, story, printer, approve));
    const ledger = await prove(cloud, printer);
    const ok = ledger.ok && results.every((result) => result.ok);
    if (json) console.log(JSON.stringify({ ok, stories: results, ledger }, null, 2));
    if (!ok) process.exitCode = 1;
  } finally {
    await cloud.stop();
  }
}

async function prove(session: Session, printer: Printer) {
  printer.heading('The proof');
  const ledger = await audit(session);
  const text = `${ledger.commits} commits in ${ledger.chains} chains recomputed, ${ledger.ok ? 'all hold' : 'not all hold'}`;
  printer.line({ step: 'ledger', text, tone: ledger.ok ? 'good' : 'bad' });
  for (const problem of ledger.problems) printer.line({ step: 'broken', text: problem, tone: 'bad' });
  return ledger;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--port ${text}: expected a number from 1 to 65535`);
}
