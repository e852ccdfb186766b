import { Command } from 'commander';
import { printJson } from '../cloud-command.ts';

export function catalogueCommand(): Command {
  return new Command('catalogue')
    .description('list every source, finding type, playbook, tool, action and policy that is built in')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      // Every action and its clients are loaded for this command alone.
      const { catalogue } = await import('../catalogue.ts');
      const built = catalogue();
      if (json) return printJson(built);
      section(
        'Sources',
        built.sources.map(({ id, title }) => [id, title]),
      );
      section(
        'Playbooks',
        built.playbooks.map(({ id, types }) => [id, types.join(', ')]),
      );
      section(
        'Tools',
        built.tools.map(({ id, title }) => [id, title]),
      );
      section(
        'Actions',
        built.actions.map(({ id, title, danger }) => [id, `${title} (${danger} danger)`]),
      );
      section(
        'Policies',
        built.policies.map(({ id, effect, says }) => [id, `${effect}: ${says}`]),
      );
      section(
        'Suppressions',
        built.suppressions.map(({ id, owner, expires, reason, expired }) => [
          id,
          `${expired ? 'EXPIRED on' : 'until'} ${expires}, ${owner}: ${reason}`,
        ]),
      );
    });
}

function section(title: string, rows: readonly (readonly [string, string])[]): void {
  console.log(`\n${title} (${rows.length})`);
  for (const [name, text] of rows) console.log(`  ${name.padEnd(34)} ${text}`);
}
