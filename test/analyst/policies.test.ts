import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { digests, playbooks, prompts } from '../../functions/generated/policies.gen.ts';
import { readPlaybook } from '../../scripts/playbook-file.ts';
import { compilePolicies } from '../../scripts/policies.ts';

const known = { tools: ['describe-instance'], actions: ['isolate-instance'] };
const text = `id: a-playbook
title: A playbook
types: ['A:B/*']
attack: []
severityFloor: Low
leaseHours: 1
approvalHours: 1
evidence:
  - { tool: describe-instance, target: { kind: instance }, stage: triage }
rules:
  - id: a-rule
    when: 'facts.count > 3'
    disposition: true-positive
    confidence: 0.5
    claims:
      - text: 'Seen {0} times.'
        cites: [{ tool: finding, pointer: /facts/count }]
    propose:
      - { action: isolate-instance, target: { kind: instance } }
actions: [isolate-instance]
`;
const read = (from: string, to: string) =>
  readPlaybook('policies/playbooks/a.yaml', text.replace(from, to), known);

describe('a playbook file', () => {
  test('that is right is read', () => {
    expect(read('', '').playbook).toMatchObject({ id: 'a-playbook', rules: [{ id: 'a-rule' }] });
  });

  test.each([
    ['is no YAML', "types: ['A:B/*']", "types: ['A:B/*'", /a\.yaml:\d+: /],
    ['lacks a field', 'title: A playbook\n', '', /a\.yaml:1: title: /],
    ['has an unknown field', 'leaseHours: 1', 'leaseHours: 1\nlease: 2', /a\.yaml:1: .*lease/],
    [
      'has a severity of its own',
      'severityFloor: Low',
      'severityFloor: Lowest',
      /a\.yaml:5: severityFloor: /,
    ],
    [
      'asks an unknown tool',
      'tool: describe-instance',
      'tool: ask-oracle',
      /a\.yaml:9: ask-oracle is not a tool; there are describe-instance/,
    ],
    [
      'names an unknown action',
      'actions: [isolate-instance]',
      'actions: [terminate]',
      /a\.yaml:20: terminate is not an action/,
    ],
    [
      'has a condition that does not compile',
      'facts.count > 3',
      'facts.count >',
      /a\.yaml:12: the condition of a-rule does not compile/,
    ],
    [
      'has a condition on an unknown variable',
      'facts.count > 3',
      'account.count > 3',
      /a\.yaml:12: .*account/,
    ],
    [
      'dismisses by tainted text',
      "facts.count > 3'\n    disposition: true-positive",
      "size(tainted) > 3'\n    disposition: benign",
      /a\.yaml:12: .*tainted/,
    ],
    [
      'cites what it never asks',
      'tool: finding',
      'tool: principal-activity',
      /a\.yaml:17: cites principal-activity, which the playbook never asks/,
    ],
    [
      'cites by no pointer',
      'pointer: /facts/count',
      'pointer: facts.count',
      /a\.yaml:17: facts\.count is no JSON pointer/,
    ],
    [
      'proposes what it does not allow',
      'action: isolate-instance',
      'action: snapshot-volumes',
      /a\.yaml:19: snapshot-volumes is not among/,
    ],
    [
      'singles out by what does not compile',
      'target: { kind: instance } }\nactions',
      "target: { kind: instance }, only: 'facts.' }\nactions",
      /a\.yaml:19: only does not compile/,
    ],
    [
      'has a * in the middle of a type',
      "'A:B/*'",
      "'A:*/B'",
      /a\.yaml:3: A:\*\/B: a \* may stand only at the end/,
    ],
  ])('that %s is refused with file and line', (_, from, to, message) => {
    expect(() => read(from, to)).toThrow(message);
  });
});

/** Compiles the policies with something else in one of their files. */
function compiling(name: string, from: string, to: string): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-policies-'));
  cpSync(new URL('../../policies/', import.meta.url), folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  return () => compilePolicies(pathToFileURL(`${folder}/`));
}

describe('policies/limits.yaml', () => {
  test.each([
    ['a number that is none', 'high: 20', 'high: many', /limits\.yaml:8: daily\.high: Invalid input/],
    ['a share that is none', 'reserve: 0.2', 'reserve: 20', /limits\.yaml:11: reserve: Too big/],
    [
      'an action that is none',
      'actions: {}',
      'actions: { isolate: 5 }',
      /limits\.yaml:14: isolate is not an action/,
    ],
    [
      'a list without reasons',
      'protected: []',
      'protected: [{ match: i-0abc }]',
      /limits\.yaml:17: protected\.0\.because/,
    ],
  ])('with %s is refused with the line', (_, from, to, message) => {
    expect(compiling('limits.yaml', from, to)).toThrow(message);
  });
});

describe('the compiled policies', () => {
  test('are those of the files', () => {
    const file = new URL('../../functions/generated/policies.gen.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(compilePolicies());
    expect(Object.keys(digests)).toContain('policies/playbooks/fallback.yaml');
    expect(Object.keys(prompts)).toEqual(
      expect.arrayContaining(['analyst.md', 'triage.md', 'investigate.md']),
    );
  });

  test("no dismissal anywhere rests on the finding's own word for a detection", () => {
    const ofDetections = playbooks.filter(
      ({ types }) => !types.every((type) => type.startsWith('SecurityHub:Control/')),
    );
    for (const playbook of ofDetections)
      for (const rule of playbook.rules.filter(({ disposition }) => /benign|false/.test(disposition))) {
        const tools = rule.claims.flatMap(({ cites }) => cites.map(({ tool }) => tool));
        expect(
          tools.some((tool) => tool !== 'finding'),
          `${playbook.id}/${rule.id}`,
        ).toBe(true);
      }
  });
});

describe('policies/suppressions.yaml', () => {
  const rule = (changes = '') =>
    `suppressions:
  - id: probes
    reason: ports are probed all day
    owner: platform-team
    expires: 2027-03-31
    types: ['Recon:*']
${changes}`;
  const compile = (text: string) => compiling('suppressions.yaml', 'suppressions: []', text);

  test('with a rule is compiled', () => {
    expect(compile(rule())()).toContain('"id": "probes"');
  });

  test.each([
    ['an unknown key', rule('    sevrity: Low\n'), /suppressions\.yaml:\d+: .*sevrity/],
    [
      'a bad zone',
      rule('    window: { days: [Mon], from: "01:00", to: "02:00", zone: Mars }\n'),
      /:10: .*window/,
    ],
    ['High by type alone', rule('    severityUpTo: High\n'), /:10: .*only for entities/],
    [
      'the same id twice',
      rule() + rule().replace('suppressions:\n', ''),
      /:10: the id probes is already taken/,
    ],
  ])('with %s is refused with the line', (_, text, message) => {
    expect(compile(text)).toThrow(message);
  });
});

describe('policies/environment.yaml', () => {
  test.each([
    [
      'a scanner without a range',
      'scanners: []',
      'scanners: [{ network: 198.51.100.7, note: ours }]',
      /scanners\.0\.network: expected a range/,
    ],
    [
      'a jewel without a reason',
      'crownJewels: []',
      'crownJewels: [{ match: i-0abc }]',
      /crownJewels\.0: expected because/,
    ],
    [
      'an owner of nothing',
      'owners: []',
      'owners: [{ name: A, email: a@example.com }]',
      /owners\.0: expected accounts/,
    ],
  ])('with %s is refused with the line', (_, from, to, message) => {
    expect(compiling('environment.yaml', from, to)).toThrow(message);
    expect(compiling('environment.yaml', from, to)).toThrow(/environment\.yaml:\d+: /);
  });
});
