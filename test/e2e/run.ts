import { type ChildProcess, spawn } from 'node:child_process';
import { root } from '../../cli/root.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Starts one of the project's commands, `cli/…`, as a person does in a terminal, on a state folder of its own. */
export function start(file: string, args: readonly string[], stateDirectory: string): ChildProcess {
  return spawn(process.execPath, [`cli/${file}`, ...args], {
    cwd: root,
    env: { ...process.env, SALLYPORT_STATE: stateDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits until a command has ended. */
export async function ended(child: ChildProcess): Promise<Ran> {
  let out = '';
  let error = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, error };
}

/** `sallyport …`, until it has ended. */
export function sallyport(args: readonly string[], stateDirectory: string): Promise<Ran> {
  return ended(start('sallyport.ts', args, stateDirectory));
}
