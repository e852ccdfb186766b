import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const libraries = join(import.meta.dirname, '../../node_modules/.cache/dynamodb-local');
const PATIENCE_MS = 60_000;

export interface RunningServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Why DynamoDB Local cannot run here, or undefined. */
export function missingForDynamoDbLocal(): string | undefined {
  const missing = ['java', 'mvn'].filter((program) => spawnSync(program, ['-version']).error);
  return missing.length > 0
    ? `${missing.join(' and ')} not found; DynamoDB Local runs on Java and comes from Maven Central`
    : undefined;
}

/** Fetches DynamoDB Local where it is not there yet, and starts it in memory on a free port. */
export async function startDynamoDbLocal(): Promise<RunningServer> {
  fetchLibraries();
  const port = await freePort();
  const child = spawn(
    'java',
    [
      `-Djava.library.path=${libraries}`,
      '-cp',
      join(libraries, '*'),
      'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
      '-inMemory',
      '-port',
      String(port),
    ],
    // It leaves a file of its own where it is started.
    { stdio: 'ignore', cwd: libraries },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswering(endpoint, child);
  return { endpoint, stop: () => stop(child) };
}

function fetchLibraries(): void {
  if (existsSync(libraries)) return;
  const pom = join(import.meta.dirname, 'pom.xml');
  const { status } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('Maven could not fetch DynamoDB Local; its own message stands above');
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

async function untilAnswering(endpoint: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode}`);
    if (await fetch(endpoint).catch(() => undefined)) return;
  }
  await stop(child);
  throw new Error(`DynamoDB Local did not answer at ${endpoint} within ${PATIENCE_MS / 1000} s`);
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });
}
