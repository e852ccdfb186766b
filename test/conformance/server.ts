import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Somebody else's imitation of AWS, as this machine can run it. */
export interface Imitation {
  readonly name: string;
  /** Why it cannot run here, or undefined. */
  missing(): string | undefined;
  /** Fetches it where it is not there yet, and starts it on a free port. */
  start(): Promise<RunningServer>;
}

export interface RunningServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly arguments: (port: number) => readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a server on a free port of this machine and waits until it answers. Throws where it ends or stays silent. */
export async function startServer(command: ServerCommand): Promise<RunningServer> {
  const port = await freePort();
  const child = spawn(command.program, [...command.arguments(port)], {
    stdio: 'ignore',
    cwd: command.cwd,
    env: { ...process.env, ...command.environment },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswering(command.name, endpoint, child);
  return { endpoint, stop: () => stop(child) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilAnswering(name: string, endpoint: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (await fetch(endpoint).catch(() => undefined)) return;
  }
  await stop(child);
  throw new Error(`${name} did not answer at ${endpoint} within ${PATIENCE_MS / 1000} s`);
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });
}
