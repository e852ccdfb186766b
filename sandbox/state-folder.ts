import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { memberDirectories } from './account/seed/members.ts';

export interface CloudCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** What another terminal needs to use the running cloud: `cloud.json`, readable by its owner only. */
export interface CloudFile {
  readonly pid: number;
  readonly endpoint: string;
  readonly consoleUrl: string;
  readonly inboxUrl: string;
  readonly account: string;
  readonly region: string;
  /** Digest of the account's seed; absent for an empty account. */
  readonly seed?: string;
  /** The stack's outputs: how its tables and buckets are called. The console's address is `consoleUrl`. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly operator: CloudCredentials;
  readonly auditor: CloudCredentials;
  /** Bearer key of the door for service events, below `inboxUrl`. */
  readonly doorKey: string;
}

/** What a state folder was first started with. */
export interface Origin {
  readonly account: string;
  readonly region: string;
  /** The other accounts of the seed, each with a spoke; absent in a folder of before there were any. */
  readonly members?: readonly string[];
  /** Digest over the seed's files; absent for an empty account. */
  readonly seed?: string;
}

/** Another cloud runs on this folder. */
export class CloudRunningError extends Error {
  override readonly name = 'CloudRunningError';
  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(`A laptop cloud already runs on ${directory} (process ${pid}). Use it, or end that process first`);
    this.pid = pid;
  }
}

/** The folder holds another account than the one that is asked for. */
export class SeedMismatchError extends Error {
  override readonly name = 'SeedMismatchError';

  constructor(directory: string) {
    super(`${directory} holds the state of another account. Use --fresh to empty it, or another folder`);
  }
}

/** Takes the folder for this process. Throws CloudRunningError; a lock whose process is gone is taken over. */
export function lock(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'lock');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  if (holder !== undefined && isAlive(holder)) throw new CloudRunningError(directory, holder);
  rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    // Another process was quicker between the two lines above.
    throw new CloudRunningError(directory, Number(readFileSync(file, 'utf8')));
  }
}

export function unlock(directory: string): void {
  rmSync(join(directory, 'cloud.json'), { force: true });
  rmSync(join(directory, 'lock'), { force: true });
}

/** The running cloud of a folder; undefined if none runs, also when a file of a dead one lies there. */
export function readCloudFile(directory: string): CloudFile | undefined {
  const file = join(directory, 'cloud.json');
  if (!existsSync(file)) return undefined;
  const found = JSON.parse(readFileSync(file, 'utf8')) as CloudFile;
  return isAlive(found.pid) ? found : undefined;
}

export function writeCloudFile(directory: string, content: CloudFile): void {
  const file = join(directory, 'cloud.json');
  writeFileSync(`${file}.new`, JSON.stringify(content, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * What the folder was started with; the first start writes it down. `wanted.seed` absent means "whatever is there".
 * Throws SeedMismatchError.
 */
export function claimOrigin(directory: string, wanted: Origin): { origin: Origin; first: boolean } {
  const file = join(directory, 'origin.json');
  if (!existsSync(file)) {
    writeFileSync(file, JSON.stringify(wanted));
    return { origin: wanted, first: true };
  }
  const origin = JSON.parse(readFileSync(file, 'utf8')) as Origin;
  if (wanted.seed !== undefined && wanted.seed !== origin.seed) throw new SeedMismatchError(directory);
  return { origin, first: false };
}

/** Over the names and bytes of a seed's files, its members' included. */
export function digestOfSeed(directory: string): string {
  const hash = createHash('sha256');
  for (const folder of [directory, ...memberDirectories(directory)])
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .toSorted())
      hash
        .update(relative(directory, join(folder, name)))
        .update('\0')
        .update(readFileSync(join(folder, name)))
        .update('\0');
  return hash.digest('hex');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive, though we may not signal it.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
