import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { printJson } from '../cloud-command.ts';

interface CheckOptions {
  readonly json?: boolean;
}

export function policyCommand(): Command {
  return new Command('policy')
    .description('what rules the responder: playbooks, limits, environment')
    .addCommand(
      new Command('check')
        .description('look for mistakes in a folder of policies, and say in which file and line they are')
        .argument('[folder]', 'a folder of the form of policies/', 'policies')
        .option('--json', 'print one JSON document')
        .action(async (folder: string, { json }: CheckOptions) => {
          // Every action, tool and source is loaded for this command alone.
          const { policyProblems } = await import('../../scripts/policies.ts');
          const problems = policyProblems({ url: pathToFileURL(`${folder}/`), name: folder });
          if (json) printJson({ ok: problems.length === 0, problems: problems.map(asJson) });
          else if (problems.length === 0) console.log(`${folder}: no problem found`);
          else for (const { message } of problems) console.error(message);
          if (problems.length > 0) process.exitCode = 1;
        }),
    );
}

function asJson({ path, line, problem }: { path: string; line: number; problem: string }) {
  return { path, line, problem };
}
