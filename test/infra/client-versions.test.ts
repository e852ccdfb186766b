import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { clientVersions } from '../../infra/client-versions.ts';

const root = join(import.meta.dirname, '../..');

it('a client keeps its version in the bundle, and nothing else of its package', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { default } from '@aws-sdk/client-cloudformation/package.json'",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [clientVersions],
  });
  const code = outputFiles[0]?.text ?? '';
  const { default: bundled } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const file = readFileSync(join(root, 'node_modules/@aws-sdk/client-cloudformation/package.json'), 'utf8');
  expect(bundled).toEqual({ version: (JSON.parse(file) as { version: string }).version });
});

it('the version is all that any client reads of its package', async () => {
  const read = new Set<string>();
  for await (const path of glob('node_modules/@aws-sdk/client-*/dist-es/runtimeConfig.js', { cwd: root }))
    for (const [use] of readFileSync(join(root, path), 'utf8').matchAll(/packageInfo\.\w+|packageInfo\[/g))
      read.add(use);
  expect([...read]).toEqual(['packageInfo.version']);
});
