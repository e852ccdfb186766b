import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CloudOptions, LaptopCloud } from '../sandbox/cloud.ts';
import {
  type CloudFile,
  CloudRunningError,
  digestOfSeed,
  readCloudFile,
  SeedMismatchError,
} from '../sandbox/state-folder.ts';
import { assemblyDirectory, isStale, synthesize } from './assembly.ts';
import type { Printer } from './print.ts';
import { root } from './root.ts';
import type { Session } from './session.ts';

/** Where the laptop cloud keeps what outlives a command; ignored by git. */
const stateDirectory = process.env.SALLYPORT_STATE ?? join(root, '.sallyport');

export interface CloudWish extends Pick<CloudOptions, 'accountSeed' | 'haltBefore' | 'faults' | 'ports'> {
  /** Empties the state first. */
  readonly fresh?: boolean;
  /** Another folder than the usual one: for what must not touch it. */
  readonly stateDirectory?: string;
}

export interface OpenCloud extends Session {
  /** Absent when the cloud is another process's. */
  readonly own?: LaptopCloud;
  stop(): Promise<void>;
}

/** The running cloud of the folder, or one that is started for this command. */
export async function openCloud(wish: CloudWish, printer: Printer): Promise<OpenCloud> {
  const directory = resolve(wish.stateDirectory ?? stateDirectory);
  const running = readCloudFile(directory);
  return running ? attach(running, wish, directory) : startOwn(wish, directory, printer);
}

/** Synthesizes first where sources are newer. */
async function startOwn(wish: CloudWish, directory: string, printer: Printer): Promise<OpenCloud> {
  if (wish.fresh) rmSync(directory, { recursive: true, force: true });
  if (isStale()) await printer.during('synthesizing the template', synthesize);
  // Half of a command's start, which a cloud that runs already saves.
  const { startCloud } = await import('../sandbox/cloud.ts');
  const own = await printer.during('starting the laptop cloud', () =>
    startCloud({
      ...wish,
      stateDirectory: directory,
      assembly: assemblyDirectory,
      functionVariables: modelVariables(),
    }),
  );
  const file = readCloudFile(directory);
  if (!file) throw new Error(`the laptop cloud left no cloud.json in ${directory}`);
  return guarded({ ...(await sessionOn(file)), own, stop: () => own.stop() });
}

/** The rules answer, unless the environment names an endpoint that speaks Bedrock's Converse. */
function modelVariables(): Record<string, string> {
  const { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint } = process.env;
  return endpoint ? { ANALYST: 'bedrock', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint } : {};
}

/** A running cloud was started with its own account and options: asking for others must not be silently ignored. */
async function attach(file: CloudFile, wish: CloudWish, directory: string): Promise<OpenCloud> {
  if (wish.fresh || wish.haltBefore || wish.faults) throw new CloudRunningError(directory, file.pid);
  if (wish.accountSeed && digestOfSeed(wish.accountSeed) !== file.seed)
    throw new SeedMismatchError(directory);
  return { ...(await sessionOn(file)), stop: async () => {} };
}

/** The clients are loaded when a cloud is there to be asked: help and wrong options need none. */
async function sessionOn(file: CloudFile): Promise<Session> {
  const { openSession } = await import('./session.ts');
  return openSession(file);
}

/** Ctrl-C ends every process that was started here. */
function guarded(cloud: OpenCloud): OpenCloud {
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= cloud.stop());
  const interrupt = (signal: NodeJS.Signals) => {
    const code = signal === 'SIGINT' ? 130 : 143;
    // What fails because the cloud goes away is not what ended the command.
    process.once('exit', () => {
      process.exitCode = code;
    });
    void stop().finally(() => process.exit(code));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return {
    ...cloud,
    async stop() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      await stop();
    },
  };
}
