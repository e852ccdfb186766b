import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const check = (...rest: string[]) =>
  promisify(execFile)(process.execPath, ['cli/sallyport.ts', 'policy', 'check', ...rest], { cwd: root });

test('policies with mistakes fail, and each is named with its file and line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-policy-'));
  cpSync(join(root, 'policies'), folder, { recursive: true });
  writeFileSync(join(folder, 'limits.yaml'), 'daily: { low: 1 }\n');
  await expect(check(folder)).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`${folder}/limits.yaml:1: daily.medium`),
  });
  await expect(check(folder, '--json')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"ok": false'),
  });
});
