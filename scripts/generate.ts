import { reads as healthReads } from '../functions/health/operations.ts';
import { reads as stackReads } from '../functions/stacks/operations.ts';
import { reads as tagReads } from '../functions/tags/operations.ts';
import { familiesSource, offersSource, servicesSource } from './families.ts';
import { writeOrCheck } from './generated-file.ts';
import { operationsTable } from './operations-table.ts';
import { load, membersOf, registry } from './registry.ts';

/** `node scripts/generate.ts [--check]`: writes what follows from the actions, tools and exhibits, or fails where a file is stale. */
const check = process.argv.includes('--check');

const actions = await Promise.all(membersOf('actions', 'action').map(load));
const tools = await Promise.all(membersOf('tools', 'tool').map(load));
const exhibits = await Promise.all(membersOf('exhibits', 'exhibit').map(load));
const probes = [
  { id: 'health', name: 'health', path: 'health/operations.ts', reads: healthReads },
  { id: 'stack', name: 'stack', path: 'stacks/operations.ts', reads: stackReads },
  { id: 'tag', name: 'tag', path: 'tags/operations.ts', reads: tagReads },
];
const operations = await operationsTable([...actions, ...tools, ...probes], exhibits);
const current = [
  writeOrCheck('functions/actions/registry.gen.ts', registry('actions', 'Action', actions), check),
  writeOrCheck('functions/tools/registry.gen.ts', registry('tools', 'Tool', tools), check),
  writeOrCheck(
    'functions/exhibits/registry.gen.ts',
    registry('exhibits', 'Exhibit', exhibits, 'exhibit'),
    check,
  ),
  writeOrCheck('functions/actions/families.gen.ts', familiesSource(actions), check),
  writeOrCheck('functions/actions/offers.gen.ts', offersSource(actions), check),
  writeOrCheck(
    'functions/adapters/member-services.gen.ts',
    servicesSource(actions, tools, exhibits, probes),
    check,
  ),
  writeOrCheck('functions/core/operations.gen.ts', operations, check),
];
if (check && current.includes(false)) process.exitCode = 1;
