import type { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../functions/adapters/account-clients.ts';
import { readerClients } from '../../functions/adapters/reader-clients.ts';
import type { Sts } from '../../functions/adapters/take-role.ts';
import { MemberNotReadableError } from '../../functions/core/errors.ts';

const place = { account: '444455556666', region: 'eu-central-1' };
const other = { account: '777788889999', region: 'eu-central-1' };
const MINUTE = 60_000;

let asked: AssumeRoleCommand['input'][];
let refusals: Error[];
let now: number;
let members: ReturnType<typeof readerClients>;

beforeEach(() => {
  asked = [];
  refusals = [];
  now = Date.parse('2026-11-20T08:00:00Z');
  const send = async ({ input }: AssumeRoleCommand) => {
    asked.push(input);
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    return { Credentials: { AccessKeyId: `key-${asked.length}`, SecretAccessKey: 's', SessionToken: 't' } };
  };
  members = readerClients({
    clientsOf: (credentials?: Credentials) => ({
      send: async () => credentials?.accessKeyId ?? 'the own role',
    }),
    roleArnPattern: 'arn:aws:iam::{account}:role/sallyport/sallyport-reader-eu-central-1',
    clock: () => new Date(now),
    sts: { send } as unknown as Sts,
  });
});

const read = (where = place, incident = 'INC-1') =>
  members(where, incident).send('iam:GetUser', {}, where.region);

function refused(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

describe('a member account’s clients', () => {
  it('take its reader role for the incident, when something is asked and not before', async () => {
    const clients = members(place, 'INC-1');
    expect(asked).toEqual([]);
    expect(await clients.send('iam:GetUser', {}, 'eu-central-1')).toBe('key-1');
    expect(asked).toEqual([
      {
        RoleArn: 'arn:aws:iam::444455556666:role/sallyport/sallyport-reader-eu-central-1',
        RoleSessionName: 'INC-1',
        SourceIdentity: 'INC-1',
        DurationSeconds: 3600,
        Policy: undefined,
      },
    ]);
  });

  it('share one session, also when they ask at once, and each account has its own', async () => {
    expect(await Promise.all([read(), read(), read(other)])).toEqual(['key-1', 'key-1', 'key-2']);
    expect(await read()).toBe('key-1');
    expect(await read(other)).toBe('key-2');
  });

  it('never use a session that bears the name of another incident', async () => {
    expect([await read(place, 'INC-1'), await read(place, 'INC-2')]).toEqual(['key-1', 'key-2']);
    expect(asked.map(({ SourceIdentity }) => SourceIdentity)).toEqual(['INC-1', 'INC-2']);
  });

  it('take the role again before the session ends', async () => {
    await read();
    now += 54 * MINUTE;
    expect(await read()).toBe('key-1');
    now += 2 * MINUTE;
    expect(await read()).toBe('key-2');
  });

  it('say that the member is not readable where the role is refused, and ask again the next time', async () => {
    refusals = [refused('AccessDenied')];
    await expect(read()).rejects.toThrow(MemberNotReadableError);
    expect(await read()).toBe('key-2');
  });

  it('pass on what a retry may cure', async () => {
    refusals = [refused('Throttling')];
    await expect(read()).rejects.toMatchObject({ name: 'Throttling' });
  });
});
