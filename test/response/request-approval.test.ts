import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isSubject } from '../../functions/console/subjects.ts';
import type { Approver } from '../../functions/core/decision.ts';
import type { Playbook } from '../../functions/core/playbook.ts';
import type { ApprovalLink } from '../../functions/core/ports.ts';
import { holdLease } from '../../functions/response/hold-lease.ts';
import {
  NoApproverError,
  type RequestParts,
  requestApproval,
} from '../../functions/response/request-approval.ts';
import { Crash, crashing, crashPoints } from '../adapters/crashing.ts';
import { entries, finding, INCIDENT, propose, thing, things, World } from './world.ts';

const person = (id: string, role: Approver['roles'][number], changes: Partial<Approver> = {}): Approver => ({
  id,
  name: id,
  email: `${id}@example.com`,
  roles: [role],
  ...changes,
});
const lena = person('lena', 'lead');
const olga = person('olga', 'owner');
const tim = person('tim', 'responder');

const log = vi.spyOn(console, 'error').mockReturnValue();
beforeEach(() => log.mockClear());

/** Doors at which tokens hang and ring, links, and letters that were sent. */
class Door {
  readonly hung: string[] = [];
  readonly rung: string[] = [];
  readonly mailed: string[] = [];
  readonly posted: string[] = [];
  readonly issued: ApprovalLink[] = [];
  /** Whose mail cannot be delivered. */
  unreachable: string[] = [];
  chatIsDown = false;
  readonly parts: RequestParts;

  constructor(world: World, changes: Partial<RequestParts> = {}) {
    this.parts = {
      ledger: world.ledger,
      doorbells: {
        hang: async (_, kind, token) => {
          this.hung.push(`${kind} ${token}`);
          return { ring: async () => void this.rung.push(token) };
        },
      },
      links: {
        issue: async (link) => {
          this.issued.push(link);
          return `secret of ${link.approver}`;
        },
        find: async () => undefined,
      },
      approvers: [lena, olga, tim],
      isSubject,
      playbookFor: () => ({ approvalHours: 4 }) as Playbook,
      mail: async (_, approver, secret) => {
        if (this.unreachable.includes(approver.id)) throw new Error(`no mail for ${approver.id}`);
        this.mailed.push(`${approver.id}: ${secret}`);
      },
      chat: async () => {
        if (this.chatIsDown) throw new Error('the chat is down');
        this.posted.push('a message');
      },
      ...changes,
    };
  }

  request(token = 'token-1'): Promise<void> {
    return requestApproval(INCIDENT, token, this.parts);
  }
}

async function waiting(proposals = [propose('isolate', 'e4')], found = finding()): Promise<World> {
  const world = await new World().investigated(proposals, found);
  await world.plan();
  await world.decide();
  return world;
}

describe('a bell that is hung late', () => {
  const waiting = async () => {
    const world = await new World().investigated([propose('cut-key', 'e2')]);
    await world.plan();
    await world.decide();
    return world;
  };

  it('is rung at once, and nobody is asked, where a finding is to be looked at first', async () => {
    const world = await waiting();
    const news = finding('f-2', { entities: [thing('bucket', 'b')] });
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: news });
    const door = new Door(world);
    await requestApproval(INCIDENT, 'token-1', door.parts);
    expect([door.rung, door.mailed]).toEqual([['token-1'], []]);
  });

  it('is left hanging for a finding that tells nothing new', async () => {
    const world = await waiting();
    await world.tell('fact', { type: 'finding-received', generation: 1, finding: finding('f-2') });
    const door = new Door(world);
    await requestApproval(INCIDENT, 'token-1', door.parts);
    expect([door.rung, door.mailed.length > 0]).toEqual([[], true]);
  });
});

describe('asking for approval', () => {
  it('hangs the token, asks whoever’s role counts, each with a link of their own, and records it', async () => {
    const world = await waiting();
    const door = new Door(world);
    await door.request();
    expect(door.hung).toEqual(['approval token-1']);
    expect(door.mailed).toEqual(['lena: secret of lena', 'olga: secret of olga']);
    expect(door.posted).toHaveLength(1);
    const incident = await world.read();
    const decidedAt = incident.timeline.find(({ entry }) => entry.type === 'decision-made')?.at ?? '';
    const expiresAt = new Date(Date.parse(decidedAt) + 4 * 3_600_000).toISOString();
    expect(incident).toMatchObject({
      status: 'awaiting-approval',
      request: { approvers: ['lena', 'olga'], channels: ['mail', 'slack'], expiresAt },
    });
    const { manifestHash } = incident.plan ?? { manifestHash: '' };
    expect(door.issued).toEqual(
      ['lena', 'olga'].map((approver) => ({ incident: INCIDENT, manifestHash, approver, expiresAt })),
    );
    expect(door.rung).toEqual([]);
  });

  it('a second time hangs the newer token and asks nobody again', async () => {
    const door = new Door(await waiting());
    await door.request();
    await door.request('token-2');
    expect(door.hung).toEqual(['approval token-1', 'approval token-2']);
    expect(door.mailed).toHaveLength(2);
    expect(door.posted).toHaveLength(1);
  });

  it('does not ask whom the finding is about', async () => {
    const arn = 'arn:aws:iam::111122223333:user/olga.o';
    const about = finding('f-1', { entities: [...things, thing('user', 'olga.o', { arn, part: 'actor' })] });
    const door = new Door(await waiting(undefined, about), {
      approvers: [lena, { ...olga, principalArn: arn }],
    });
    await door.request();
    expect(door.mailed).toEqual(['lena: secret of lena']);
  });

  it('asks whom somebody only claims to be involved', async () => {
    const claimed = thing('user', 'lena', { part: 'actor', trust: 'claimed' });
    const door = new Door(await waiting(undefined, finding('f-1', { entities: [...things, claimed] })));
    await door.request();
    expect(door.mailed).toContain('lena: secret of lena');
  });

  it('fails clearly when nobody is configured who may answer', async () => {
    const world = await waiting();
    const request = new Door(world, { approvers: [tim] }).request();
    await expect(request).rejects.toThrow(NoApproverError);
    await expect(request).rejects.toThrow(/nobody is configured who holds one of: (owner, lead|lead, owner)/);
    expect((await world.read()).request).toBeUndefined();
  });

  it('asks nobody when nobody is needed', async () => {
    const world = await new World().approved();
    const door = new Door(world);
    await door.request();
    expect(door.mailed).toEqual([]);
    expect((await world.read()).request).toBeUndefined();
  });
});

describe('a channel that is down', () => {
  it('does not keep the others from asking, and is logged', async () => {
    const world = await waiting();
    const door = new Door(world);
    door.chatIsDown = true;
    door.unreachable = ['lena'];
    await door.request();
    expect(door.mailed).toEqual(['olga: secret of olga']);
    expect((await world.read()).request?.channels).toEqual(['mail']);
    expect(log).toHaveBeenCalledTimes(2);
  });

  it('with every other one is an error, and nothing is recorded as asked', async () => {
    const world = await waiting();
    const door = new Door(world);
    door.chatIsDown = true;
    door.unreachable = ['lena', 'olga'];
    await expect(door.request()).rejects.toThrow('no approver could be asked through any channel');
    expect((await world.read()).request).toBeUndefined();
    door.chatIsDown = false;
    await door.request();
    expect((await world.read()).request?.channels).toEqual(['slack']);
  });

  it('for links fails before anybody is asked without one', async () => {
    const door = new Door(await waiting(), {
      links: {
        issue: () => Promise.reject(new Error('the table is throttled')),
        find: async () => undefined,
      },
    });
    await expect(door.request()).rejects.toThrow('the table is throttled');
    expect(door.mailed).toEqual([]);
  });
});

describe('an answer that came before its token', () => {
  it('is heard at once', async () => {
    const world = await waiting();
    await world.ask();
    await world.vote();
    const door = new Door(world);
    await door.request();
    expect(door.rung).toEqual(['token-1']);
  });

  it('is heard when it is a denial', async () => {
    const world = await waiting();
    await world.ask();
    await world.deny();
    const door = new Door(world);
    await door.request();
    expect(door.rung).toEqual(['token-1']);
  });

  it('is not heard twice: what the last decision counted rings no bell', async () => {
    const world = await waiting();
    await world.ask();
    await world.vote('execute', 'tim', ['responder']);
    await world.decide();
    const door = new Door(world);
    await door.request();
    expect(door.rung).toEqual([]);
  });
});

it('a function that is killed at any call of the ledger has asked after the retry', async () => {
  for (const point of crashPoints(4)) {
    const world = await waiting();
    const dying = crashing(world.ledger, point);
    const outcome = await new Door(world, { ledger: dying.port }).request().catch((error: unknown) => error);
    if (!dying.survived()) expect(outcome).toBeInstanceOf(Crash);
    const retry = new Door(world);
    await retry.request('token-2');
    expect(retry.hung).toEqual(['approval token-2']);
    expect(entries(await world.read(), 'approval-requested')).toHaveLength(1);
  }
});

describe('holding a lease', () => {
  const hold = async (world: World) => {
    const door = new Door(world);
    const { isNews } = await holdLease(INCIDENT, 'token-1', {
      ledger: world.ledger,
      doorbells: door.parts.doorbells,
    });
    return { ...door, isNews };
  };

  it('hangs the token, and tells people of a containment that has just begun', async () => {
    expect(await hold(await new World().contained())).toMatchObject({
      hung: ['lease token-1'],
      rung: [],
      isNews: true,
    });
  });

  it('hears a rollback that was asked for before the token hung', async () => {
    const world = await new World().contained();
    await world.vote('rollback');
    expect(await hold(world)).toMatchObject({ rung: ['token-1'], isNews: false });
  });

  it('hears that it was made permanent before the token hung', async () => {
    const world = await new World().contained();
    await world.renew(null);
    expect(await hold(world)).toMatchObject({ rung: ['token-1'] });
  });

  it('does not ring for a rollback that was decided already', async () => {
    const world = await new World().contained();
    await world.vote('rollback');
    await world.decideLease();
    expect((await hold(world)).rung).toEqual([]);
  });
});
