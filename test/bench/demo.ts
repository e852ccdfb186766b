import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../cli/assembly.ts';
import { root } from '../../cli/root.ts';
import { rounded } from './statistics.ts';

const LIMIT_SECONDS = 30;

/**
 * Wall seconds of `demo --approve --json` as a first user waits for it (the synthesis of the template first), and as a
 * second one does. Leaves `cdk.out` freshly made.
 */
export async function benchDemo() {
  const synthSeconds = await secondsOf(synthesize);
  const runSeconds = await secondsOf(runDemo);
  const seconds = rounded(synthSeconds + runSeconds);
  return { synthSeconds, runSeconds, seconds, limitSeconds: LIMIT_SECONDS, ok: seconds <= LIMIT_SECONDS };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return rounded((performance.now() - began) / 1000);
}

async function runDemo(): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  try {
    const demo = spawn(process.execPath, [join(root, 'cli', 'demo.ts'), '--approve', '--json'], {
      cwd: root,
      env: { ...process.env, SALLYPORT_STATE: state },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const code = await new Promise((resolve) => demo.once('exit', resolve));
    if (code !== 0) throw new Error(`the demo ended with ${code}: what it did not manage stands above`);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
