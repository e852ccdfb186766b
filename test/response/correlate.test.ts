import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entity, EntityKind, Trust } from '../../functions/core/entity.ts';
import { joinKeys, proposedIncident } from '../../functions/response/correlate.ts';
import { StepInput } from '../../functions/response/step.ts';
import { finding, thing } from './world.ts';

/** Every key, of whatever kind. */
const allKeys = (found: Parameters<typeof joinKeys>[0]) => {
  const { own, roles } = joinKeys(found);
  return [...own, ...roles];
};

const custom = { metadata: { source: 'securityhub', product: 'mine', aws_owned: false } };

const entity = fc.record({
  kind: fc.constantFrom(...EntityKind.options),
  id: fc.string({ minLength: 1, maxLength: 8 }),
  trust: fc.constantFrom(...Trust.options),
  part: fc.constantFrom('target' as const, 'actor' as const, 'related' as const),
});
const anyFinding = fc
  .record({
    uid: fc.string({ minLength: 1, maxLength: 20 }),
    entities: fc.array(entity, { maxLength: 5 }),
    sample: fc.boolean(),
    aws_owned: fc.boolean(),
  })
  .map(({ uid, entities, sample, aws_owned }) =>
    finding(uid, {
      sample,
      entities: entities.map(({ kind, id, ...rest }): Entity => thing(kind, id, rest)),
      metadata: { source: 'securityhub', product: 'p', aws_owned },
    }),
  );

describe('the incident that a finding proposes', () => {
  it('is the same for every delivery and update of it', () => {
    const first = proposedIncident(finding('f-1'));
    expect(proposedIncident(finding('f-1', { modified: '2027-01-01T00:00:00.000Z', severity: 'Low' }))).toBe(
      first,
    );
    expect(proposedIncident(finding('f-2'))).not.toBe(first);
  });

  it('has a name that the state machine takes', () => {
    fc.assert(
      fc.property(anyFinding, (found) => {
        const incidentId = proposedIncident(found);
        expect(StepInput.safeParse({ version: 1, incidentId, generation: 1 }).success).toBe(true);
      }),
    );
  });

  it('is not that of a finding which somebody forged under the same id', () => {
    expect(proposedIncident(finding('f-1', custom))).not.toBe(proposedIncident(finding('f-1')));
    expect(proposedIncident(finding('f-1', { sample: true }))).not.toBe(proposedIncident(finding('f-1')));
  });
});

describe('the keys by which findings join', () => {
  it('are those of the entities that the finding is about', () => {
    const entities = [
      thing('instance', 'i-1'),
      thing('role', 'web', { part: 'actor' }),
      thing('role', 'other', { part: 'related' }),
    ];
    expect(allKeys(finding('f-1', { entities }))).toEqual([
      'instance:111122223333:i-1',
      'role:111122223333:web',
    ]);
  });

  it.each(['address', 'domain', 'account', 'image', 'other'] as const)(
    'are never those of a shared %s',
    (kind) => {
      const entities = [thing('instance', 'i-1'), thing(kind, 'shared')];
      expect(allKeys(finding('f-1', { entities }))).toEqual(['instance:111122223333:i-1']);
    },
  );

  it('of a finding about nothing in particular are its kind, place and world', () => {
    const entities = [thing('address', '203.0.113.7')];
    const keys = (changes: object) => allKeys(finding('f-1', { entities, ...changes }));
    const all = [keys({}), keys(custom), keys({ sample: true }), keys({ sample: true, ...custom })];
    expect(all.map((one) => one.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(all.flat()).size).toBe(4);
  });

  it('are always some, each once', () => {
    fc.assert(
      fc.property(anyFinding, (found) => {
        const keys = allKeys(found);
        expect(keys.length).toBeGreaterThan(0);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('never let a sample reach into a real incident', () => {
    fc.assert(
      fc.property(anyFinding, anyFinding, (one, other) => {
        const real = allKeys({ ...one, sample: false });
        expect(allKeys({ ...other, sample: true }).filter((key) => real.includes(key))).toEqual([]);
      }),
    );
  });

  it('never let what a custom product claims reach into the incident of a product of AWS', () => {
    fc.assert(
      fc.property(anyFinding, anyFinding, (one, other) => {
        const real = allKeys({ ...one, metadata: { ...one.metadata, aws_owned: true } });
        const claimed = other.entities.map((entity): Entity => ({ ...entity, trust: 'claimed' }));
        const forged = { ...other, entities: claimed, metadata: { ...other.metadata, aws_owned: false } };
        expect(allKeys(forged).filter((key) => real.includes(key))).toEqual([]);
      }),
    );
  });

  it('of a finding of AWS leave out what an attacker may have written into it', () => {
    for (const trust of ['claimed', 'asserted'] as const) {
      const entities = [thing('bucket', 'b'), thing('object', 'b/evil', { trust })];
      expect(allKeys(finding('f-1', { entities }))).toEqual(['bucket:111122223333:b']);
    }
  });

  it('are those of the user too, where a finding names an access key alone', () => {
    const key = thing('access-key', 'AKIA1', { parent: 'user:111122223333:ci-deploy' });
    expect(allKeys(finding('f-1', { entities: [key] }))).toEqual([
      'access-key:111122223333:AKIA1',
      'user:111122223333:ci-deploy',
    ]);
  });

  it('are those of the instance too, whose credentials a finding is about', () => {
    const instance = thing('instance', 'i-1', { part: 'related', parent: 'role:111122223333:web' });
    const session = [thing('access-key', 'ASIA1'), thing('role', 'web')];
    expect(joinKeys(finding('f-1', { entities: [...session, instance] }))).toEqual({
      own: ['access-key:111122223333:ASIA1', 'instance:111122223333:i-1'],
      roles: ['role:111122223333:web'],
      isLedByRoles: false,
    });
    const claimed = { ...instance, trust: 'claimed' as const };
    expect(joinKeys(finding('f-1', { entities: [...session, claimed] })).own).toEqual([
      'access-key:111122223333:ASIA1',
    ]);
    expect(joinKeys(finding('f-1', { entities: [thing('bucket', 'b'), instance] })).own).toEqual([
      'bucket:111122223333:b',
    ]);
  });

  it('hold a role apart that something narrower acts in, and lead by it where that is a session', () => {
    const role = thing('role', 'web');
    const keys = (...entities: Entity[]) => joinKeys(finding('f-1', { entities }));
    expect(keys(role)).toEqual({ own: ['role:111122223333:web'], roles: [], isLedByRoles: false });
    expect(keys(role, thing('access-key', 'ASIA1'))).toMatchObject({
      roles: ['role:111122223333:web'],
      isLedByRoles: true,
    });
    for (const wearer of ['instance', 'function', 'container', 'cluster'] as const)
      expect(keys(role, thing(wearer, 'x'))).toMatchObject({
        own: [`${wearer}:111122223333:x`],
        isLedByRoles: false,
      });
  });
});
