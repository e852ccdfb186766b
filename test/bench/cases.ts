import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envelopesOf } from '../../functions/sources/normalise.ts';

/** A finding to time, and the account that it is about. */
export type Envelope = ReturnType<typeof envelopesOf>[number];

interface Seed {
  readonly account: string;
  readonly region: string;
  readonly iam: Readonly<Record<string, readonly object[]>>;
  readonly ec2?: Readonly<Record<string, readonly object[]>>;
}

const scenarios = join(import.meta.dirname, '..', 'scenarios');

/**
 * Writes an account under attack into a folder: half as many stolen keys and half as many infected instances as there
 * are findings, each a copy of the scenario under names of its own, with the same activity. Answers the findings, one
 * for each, in turns, so that no two of them join.
 */
export function plantCases(directory: string, count: number): Envelope[] {
  const user = read<Seed>('stolen-key/account.json');
  const machine = JSON.parse(inAccount(text('c2-instance/account.json'), user.account)) as Seed;
  const [victim = {}, ...bystanders] = user.iam.users ?? [];
  const [infected = {}, ...others] = machine.ec2?.instances ?? [];
  const indexes = Array.from({ length: count }, (_, index) => index);
  const keys = indexes.filter(isKey);
  const account = {
    ...user,
    iam: {
      ...machine.iam,
      users: [...keys.map((index) => copy(victim, index)), ...bystanders],
      roles: [...(user.iam.roles ?? []), ...(machine.iam.roles ?? [])],
    },
    ec2: {
      ...machine.ec2,
      instances: [
        ...indexes.filter((index) => !isKey(index)).map((index) => copy(infected, index)),
        ...others,
      ],
    },
  };
  const activity = indexes.flatMap((index) =>
    copy(read<object[]>(`${isKey(index) ? 'stolen-key' : 'c2-instance'}/activity.json`), index),
  );
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'account.json'), JSON.stringify({ ...account, $schema: undefined }));
  writeFileSync(join(directory, 'activity.json'), inAccount(JSON.stringify(activity), user.account));
  return indexes.map((index) => finding(index, user.account));
}

function isKey(index: number): boolean {
  return index % 2 === 0;
}

function finding(index: number, account: string): Envelope {
  const file = isKey(index)
    ? 'stolen-key/findings/malicious-ip-caller.json'
    : 'c2-instance/findings/c2-activity.json';
  const document = copy(JSON.parse(inAccount(text(file), account)) as object, index);
  const [envelope] = envelopesOf(document);
  if (!envelope) throw new Error(`test/scenarios/${file} holds no finding`);
  return envelope;
}

/** The same thing under names of its own: every identifier that tells one victim from another. */
function copy<T extends object>(original: T, index: number): T {
  const hex = index.toString(16).padStart(4, '0');
  const letters = [...hex].map((digit) => String.fromCharCode(65 + Number.parseInt(digit, 16))).join('');
  // Every other victim is an instance; there are addresses for 175 of them.
  const host = index >> 1;
  const renamed = JSON.stringify(original)
    .replaceAll('ci-deploy', `ci-deploy-${hex}`)
    .replaceAll('AKIAI44QH8DHBEXAMPLE', `AKIAI44QH8${letters}BENCH1`)
    .replaceAll('AIDACKCEVSQ6C2EXAMPLE', `AIDACKCEVSQ6${letters}BENCH`)
    .replaceAll('0c2c2c2c2c2c2c2c', `0c2c2c2c2c2c${hex}`)
    .replaceAll('10.20.1.21', `10.20.1.${30 + host}`)
    .replaceAll('198.51.100.71', `198.51.100.${80 + host}`)
    .replaceAll('a4c9f0e2b1d84756a3928174650f1e2d', `a4c9f0e2b1d84756a3928174650f${hex}`)
    .replaceAll('b5d0a1f3c2e95867b4a39285761a2f3e', `b5d0a1f3c2e95867b4a39285761a${hex}`)
    .replaceAll(/7c1d5f3e-52c8-4b0e-9a53-0f3f2f6f0a0\d/g, `7c1d5f3e-52c8-4b0e-9a53-0f3f2f6f${hex}`);
  return JSON.parse(renamed) as T;
}

function inAccount(content: string, account: string): string {
  return content.replaceAll('444455556666', account);
}

function text(file: string): string {
  return readFileSync(join(scenarios, file), 'utf8');
}

function read<T>(file: string): T {
  return JSON.parse(text(file)) as T;
}
