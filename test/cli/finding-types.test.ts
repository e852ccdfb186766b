import { expect, test } from 'vitest';
import { findingTypeRows } from '../../cli/finding-types.ts';
import { playbooks } from '../../functions/generated/policies.gen.ts';
import { activeTypes } from '../../functions/sources/guardduty/active-types.ts';

const rows = new Map(findingTypeRows().map((row) => [row.type, row]));

test('the catalogue names every type that GuardDuty sends, with what may come of it', () => {
  const active = Object.values(activeTypes).flatMap(Object.keys);
  expect(active.filter((type) => !rows.has(type))).toEqual([]);
  expect(rows.get('Backdoor:EC2/C&CActivity.B')).toMatchObject({
    feature: 'vpc-flow-logs',
    defaultSeverity: 'High',
    playbook: 'compromised-instance',
    severity: 'Medium',
    leaseHours: 24,
    actions: expect.arrayContaining(['isolate-instance']),
  });
});

test('the catalogue names every family of types that a playbook takes', () => {
  for (const { id, types } of playbooks)
    for (const type of types) expect(rows.get(type)?.playbook, type).toBe(id);
  expect(rows.get('*')?.actions).toEqual([]);
});
