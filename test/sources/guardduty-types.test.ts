import { describe, expect, test } from 'vitest';
import { matchPlaybook } from '../../functions/analyst/playbook.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { playbooks } from '../../functions/generated/policies.gen.ts';
import { activeTypes } from '../../functions/sources/guardduty/active-types.ts';
import { normalise } from '../../functions/sources/normalise.ts';
import { arnOf, findingOf, SIGNAL, shapesOf } from './guardduty-shapes.ts';

const scores = { Informational: 0.5, Low: 2, Medium: 5, High: 8, Critical: 9.5, Varies: 6 } as const;
const rows = Object.values(activeTypes).flatMap((types) => Object.entries(types));
const cases = rows.flatMap(([type, severity]) =>
  shapesOf(type).map((shape) => ({ type, severity, shape, on: String(shape.resource.resourceType) })),
);

function only(document: unknown): Finding {
  const [finding] = normalise(document);
  if (!finding) throw new Error('no finding');
  return finding;
}
const named = ({ entities }: Finding, part: string) =>
  entities.filter((one) => one.part === part).map(({ kind, id }) => `${kind} ${id}`);

test('GuardDuty has 204 active finding types, each named once', () => {
  expect(new Set(rows.map(([type]) => type)).size).toBe(204);
});

describe.each(cases)('$type on $on', ({ type, severity, shape }) => {
  const finding = only(findingOf(type, scores[severity], shape));

  test('names its targets, and no other', () => {
    expect(named(finding, 'target')).toEqual(shape.targets);
  });

  test('has its severity, its threat purpose and its resource type', () => {
    const [purpose, rest = ''] = type.split(':');
    expect(finding.severity).toBe(severity === 'Varies' ? 'Medium' : severity);
    expect(finding.finding_info.type).toBe(type);
    expect(finding.facts).toMatchObject({
      threatPurpose: purpose,
      threatResource: rest.split('/')[0],
      resourceType: shape.resource.resourceType,
    });
  });

  test('is taken by a playbook of its own family, unless it says only that the root user was used', () => {
    const isFallback = matchPlaybook(type, playbooks).types.includes('*');
    expect(isFallback).toBe(type.includes('RootCredentialUsage'));
  });
});

test('a type of next year is read by its purpose and resource, and its resources by their names', () => {
  const [shape] = shapesOf('Backdoor:EC2/C&CActivity.B');
  if (!shape) throw new Error('no shape');
  const finding = only(findingOf('Backdoor:EC2/QuantumTunnel.A!Qubit', 8, shape));
  expect(finding.facts).toMatchObject({
    threatPurpose: 'Backdoor',
    threatResource: 'EC2',
    threatFamily: 'QuantumTunnel',
    mechanism: 'A',
    artifact: 'Qubit',
  });
  expect(named(finding, 'target')).toEqual(shape.targets);
  expect(matchPlaybook(finding.finding_info.type, playbooks).id).toBe('compromised-instance');
});

test('an attack sequence has facts about its signals, and the findings among them', () => {
  const [shape] = shapesOf('AttackSequence:IAM/CompromisedCredentials');
  if (!shape) throw new Error('no shape');
  const finding = only(findingOf('AttackSequence:IAM/CompromisedCredentials', 9.5, shape));
  expect(finding.facts).toMatchObject({
    signalCount: 2,
    actorCount: 1,
    endpointCount: 1,
    firstSignal: '2026-11-21T10:00:00.000Z',
    lastSignal: '2026-11-21T11:00:00.000Z',
    indicators: 'ATTACK_TACTIC/HIGH_RISK_API/TOR_IP',
    remoteAddress: '203.0.113.77',
    accessKey: 'AKIAIOSFODNN7EXAMPLE',
  });
  expect(finding.related).toEqual([SIGNAL]);
  expect(named(finding, 'actor')).toEqual(['user ci-deploy', 'address 203.0.113.77', 'domain pool.example']);
  expect(named(finding, 'related')).toEqual(['network-interface eni-0abc0000000000001']);
});

test('a finding that was made part of a sequence names it as related', () => {
  const [shape] = shapesOf('Recon:IAMUser/TorIPCaller');
  if (!shape) throw new Error('no shape');
  const associatedAttackSequenceArn = arnOf('guardduty', 'detector/d0/finding/5e9');
  const finding = only({ ...findingOf('Recon:IAMUser/TorIPCaller', 5, shape), associatedAttackSequenceArn });
  expect(finding.related).toEqual(['5e9']);
  expect(only(findingOf('Recon:IAMUser/TorIPCaller', 5, shape)).related).toBeUndefined();
});

test.each([
  'Execution:Runtime/NewBinaryExecuted',
  'Execution:EC2/MaliciousFile',
  'Execution:EC2/MaliciousFile!AMI',
  'Object:S3/MaliciousFile',
])('%s names the hash of the file, and its path is tainted', (type) => {
  const [shape] = shapesOf(type);
  if (!shape) throw new Error('no shape');
  const finding = only(findingOf(type, 8, shape));
  expect(finding.hashes).toEqual([{ algorithm: 'SHA-256', value: 'ab'.repeat(32) }]);
  expect(finding.tainted.map(({ text }) => text)).toContain(
    { Execution: type.includes('Runtime') ? '/tmp/xmrig' : '/tmp/x', Object: 'in/x' }[
      type.split(':')[0] ?? ''
    ],
  );
});

test('of the addresses of a call to a cluster, only the one on the wire is asserted', () => {
  const [shape] = shapesOf('Impact:Kubernetes/MaliciousIPCaller');
  if (!shape) throw new Error('no shape');
  const { entities, facts } = only(findingOf('Impact:Kubernetes/MaliciousIPCaller', 8, shape));
  expect(entities.filter(({ kind }) => kind === 'address').map(({ id, trust }) => [id, trust])).toEqual([
    ['203.0.113.77', 'asserted'],
    ['203.0.113.9', 'claimed'],
  ]);
  expect(facts.remoteAddress).toBe('203.0.113.77');
});

test('attempts to log in to a database are counted', () => {
  const [shape] = shapesOf('CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce');
  if (!shape) throw new Error('no shape');
  const finding = only(findingOf('CredentialAccess:RDS/AnomalousBehavior.SuccessfulBruteForce', 8, shape));
  expect(finding.facts).toMatchObject({ failedLogins: 4, successfulLogins: 1 });
  expect(named(finding, 'actor')).toEqual(['other database-user:admin', 'address 203.0.113.77']);
});
