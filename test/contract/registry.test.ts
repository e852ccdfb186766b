import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { tools } from '../../functions/tools/registry.gen.ts';
import { factsOf } from '../../scripts/operations-table.ts';
import { membersOf, registry } from '../../scripts/registry.ts';

test('the registries hold every action and tool of their folders', () => {
  expect(actions.map((one) => one.id)).toEqual(membersOf('actions', 'action').map((one) => one.id));
  expect(tools.map((one) => one.id)).toEqual(membersOf('tools', 'tool').map((one) => one.id));
});

test('a file that was added to a folder makes its registry stale', () => {
  const root = folder({ 'actions/stop-instance.ts': '', 'actions/isolate-instance/action.ts': '' });
  const members = membersOf('actions', 'action', root);
  expect(members.map((one) => one.path)).toEqual([
    'actions/isolate-instance/action.ts',
    'actions/stop-instance.ts',
  ]);
  expect(registry('actions', 'Action', members)).toContain(
    "import { stopInstance } from './stop-instance.ts';",
  );
});

test('a folder without its main file is refused by name', () => {
  const root = folder({ 'tools/look/other.ts': '' });
  expect(() => membersOf('tools', 'tool', root)).toThrow('functions/tools/look is no tool');
});

test('the committed files are what the generator writes', () => {
  const checked = spawnSync(process.execPath, ['scripts/generate.ts', '--check'], { encoding: 'utf8' });
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
});

test('an operation is a read only where AWS says Read or List of every action that it needs', async () => {
  expect(await factsOf('iam:ListAccessKeys')).toEqual({ actions: ['iam:ListAccessKeys'], access: 'read' });
  expect((await factsOf('ec2:ReplaceIamInstanceProfileAssociation')).actions).toContain('iam:PassRole');
  expect((await factsOf('iam:PutRolePolicy')).access).toBe('change');
  await expect(factsOf('iam:NoSuchThing')).rejects.toThrow('IAM knows no action iam:NoSuchThing');
});

function folder(files: Readonly<Record<string, string>>): URL {
  const root = mkdtempSync(join(tmpdir(), 'sallyport-registry-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return pathToFileURL(`${root}/`);
}
