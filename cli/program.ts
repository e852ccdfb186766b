import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { approveCommand, denyCommand, renewCommand, rollbackCommand } from './commands/decisions.ts';
import { evidenceCommand } from './commands/evidence.ts';
import { incidentsCommand, rebuildCommand } from './commands/incidents.ts';
import { modeCommand } from './commands/mode.ts';
import { policyCommand } from './commands/policy.ts';
import { respondCommand } from './commands/respond.ts';
import { showCommand } from './commands/show.ts';
import { suppressionsCommand } from './commands/suppressions.ts';
import { webhookCommand } from './commands/webhook.ts';

const program = new Command('sallyport')
  .description('Answers AWS security findings: triage, an exact plan, a decision, the change, and the proof.')
  .showHelpAfterError('(add --help for what there is)');
const commands = [
  respondCommand,
  incidentsCommand,
  showCommand,
  evidenceCommand,
  approveCommand,
  denyCommand,
  renewCommand,
  rollbackCommand,
  auditCommand,
  modeCommand,
  suppressionsCommand,
  catalogueCommand,
  policyCommand,
  rebuildCommand,
  webhookCommand,
];
for (const command of commands) program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
