import { writeOrCheck } from './generated-file.ts';
import { operationsTable } from './operations-table.ts';
import { membersOf, registry } from './registry.ts';

/** `node scripts/generate.ts [--check]`: writes the registries and the operations table, or fails where one is stale. */
const check = process.argv.includes('--check');

const actions = membersOf('actions', 'action');
const tools = membersOf('tools', 'tool');
const operations = await operationsTable([...actions, ...tools]);
const current = [
  writeOrCheck('functions/actions/registry.gen.ts', registry('actions', 'Action', actions), check),
  writeOrCheck('functions/tools/registry.gen.ts', registry('tools', 'Tool', tools), check),
  writeOrCheck('functions/core/operations.gen.ts', operations, check),
];
if (check && current.includes(false)) process.exitCode = 1;
