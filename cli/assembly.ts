import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** What the template is made of: when any of it is newer than the template, it is made again. */
const SOURCES = ['functions', 'infra', 'policies', 'cdk.json', 'package-lock.json'];

/** Where the synthesized cloud assembly lies. */
export const assemblyDirectory = join(root, 'cdk.out');
const template = join(assemblyDirectory, 'Sallyport.template.json');

/** The template could not be made: what the CDK said is the message. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

export function isStale(): boolean {
  if (!existsSync(template)) return true;
  const made = statSync(template).mtimeMs;
  return SOURCES.some((source) => newest(join(root, source)) > made);
}

function newest(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(status.mtimeMs, ...inside);
}

/** Synthesizes the CDK app as `npm run synth` does. */
export async function synthesize(): Promise<void> {
  const command = join(root, 'node_modules', '.bin', 'cdk');
  const child = spawn(command, ['synth', '--quiet'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new SynthesisError(`the template cannot be synthesized:\n${said.trim()}`);
}
