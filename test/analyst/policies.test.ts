import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { digests, playbooks, prompts } from '../../functions/generated/policies.gen.ts';
import { inspectPlaybook, type Known } from '../../scripts/playbook-file.ts';
import { compilePolicies, policyProblems } from '../../scripts/policies.ts';

const known: Known = {
  tools: [{ id: 'describe-instance', targets: ['instance'] }],
  actions: [{ id: 'isolate-instance', targets: ['instance'], danger: 'high' }],
  types: ['A:B/C', 'A:B/D'],
};
const text = `id: a-playbook
title: A playbook
types: ['A:B/*']
attack: []
severityFloor: Low
danger: high
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
  inspectPlaybook('policies/playbooks/a.yaml', text.replace(from, to), known);
const messages = (problems: readonly Error[]) => problems.map(({ message }) => message);

describe('a playbook file', () => {
  test('that is right is read', () => {
    const { content, problems } = read('', '');
    expect(content).toMatchObject({ id: 'a-playbook', rules: [{ id: 'a-rule' }] });
    expect(problems).toEqual([]);
  });

  test.each([
    ['is no YAML', "types: ['A:B/*']", "types: ['A:B/*'", /a\.yaml:\d+: /],
    ['lacks a field', 'title: A playbook\n', '', /a\.yaml:1: title is missing/],
    ['lacks a severity', 'severityFloor: Low\n', '', /a\.yaml:1: severityFloor: /],
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
      /a\.yaml:10: ask-oracle is not a tool; there are describe-instance/,
    ],
    [
      'names an unknown action',
      'actions: [isolate-instance]',
      'actions: [terminate]',
      /a\.yaml:21: terminate is not an action/,
    ],
    [
      'has a condition that does not compile',
      'facts.count > 3',
      'facts.count >',
      /a\.yaml:13: the condition of a-rule does not compile/,
    ],
    [
      'has a condition on an unknown variable',
      'facts.count > 3',
      'account.count > 3',
      /a\.yaml:13: .*account/,
    ],
    [
      'dismisses by tainted text',
      "facts.count > 3'\n    disposition: true-positive",
      "size(tainted) > 3'\n    disposition: benign",
      /a\.yaml:13: .*tainted/,
    ],
    [
      'cites what it never asks',
      'tool: finding',
      'tool: principal-activity',
      /a\.yaml:18: cites principal-activity, which the playbook never asks/,
    ],
    [
      'cites by no pointer',
      'pointer: /facts/count',
      'pointer: facts.count',
      /a\.yaml:18: facts\.count is no JSON pointer/,
    ],
    [
      'proposes what it does not allow',
      'action: isolate-instance',
      'action: snapshot-volumes',
      /a\.yaml:20: snapshot-volumes is not among/,
    ],
    [
      'singles out by what does not compile',
      'target: { kind: instance } }\nactions',
      "target: { kind: instance }, only: 'facts.' }\nactions",
      /a\.yaml:20: only does not compile/,
    ],
    [
      'asks a tool about what it does not take',
      'target: { kind: instance }, stage',
      'target: { kind: bucket }, stage',
      /a\.yaml:10: describe-instance takes no bucket; it takes instance/,
    ],
    [
      'proposes an action on what it does not take',
      'isolate-instance, target: { kind: instance }',
      'isolate-instance, target: { kind: bucket }',
      /a\.yaml:20: isolate-instance takes no bucket/,
    ],
    [
      'looks at evidence that it never asks for',
      'facts.count > 3',
      '"role-permissions" in missing && facts.count > 3',
      /a\.yaml:13: a-rule looks at evidence of role-permissions, which the playbook never asks/,
    ],
    [
      'looks into evidence that it never asks for',
      'facts.count > 3',
      'evidence["role-permissions"].administrator',
      /a\.yaml:13: a-rule looks at evidence of role-permissions/,
    ],
    [
      'asks for a finding type that is not its own',
      'facts.count > 3',
      'finding.type in ["A:B/C", "A:X/C"]',
      /a\.yaml:13: a-rule asks for A:X\/C, which is not among the playbook's types/,
    ],
    [
      'asks for the beginning of a finding type that is not its own',
      'facts.count > 3',
      'facts.count > 3 && finding.type.startsWith("A:X/")',
      /a\.yaml:13: a-rule asks for A:X\/\*/,
    ],
    [
      'allows an action of more danger than it has',
      'danger: high',
      'danger: medium',
      /a\.yaml:21: isolate-instance is of high danger, more than the playbook's medium/,
    ],
    [
      'names no technique of MITRE ATT&CK',
      'attack: []',
      'attack: [Persistence]',
      /a\.yaml:4: attack\.0: expected a technique of MITRE ATT&CK/,
    ],
    ['has a rule that never holds', 'facts.count > 3', 'false', /a\.yaml:13: a-rule never holds/],
    [
      'has a * in the middle of a type',
      "'A:B/*'",
      "'A:*/B'",
      /a\.yaml:3: A:\*\/B: a \* may stand only at the end/,
    ],
  ])('that %s is refused with file and line', (_, from, to, message) => {
    expect(messages(read(from, to).problems)).toContainEqual(expect.stringMatching(message));
  });

  test('tells of everything that is wrong, not of the first alone', () => {
    const twice = text
      .replace('tool: describe-instance', 'tool: ask-oracle')
      .replace('/facts/count', 'count');
    expect(inspectPlaybook('a.yaml', twice, known).problems.map(({ line }) => line)).toEqual([10, 18]);
  });
});

describe('a rule of a playbook', () => {
  const withSecond = (first: string, second: string) => {
    const rules = /rules:\n([\s\S]*)actions:/.exec(text)?.[1] ?? '';
    const other = rules.replace('id: a-rule', 'id: b-rule').replace('facts.count > 3', second);
    return read(rules, rules.replace('facts.count > 3', first) + other).problems;
  };

  test.each([
    ['the same', 'facts.count > 3', 'facts.count>3'],
    ['less', 'facts.count > 3', 'has(facts.port) && facts.count > 3'],
    [
      'less, in another order',
      'facts.count > 3 && has(facts.port)',
      'has(facts.port) && facts.count > 3 && has(facts.api)',
    ],
    ['nothing', 'true', 'facts.count > 3'],
  ])('is never reached where one above it asks for %s', (_, first, second) => {
    expect(messages(withSecond(first, second))).toEqual([
      expect.stringMatching(
        /^policies.playbooks.a\.yaml:22: b-rule is never reached: .* a-rule above it holds/,
      ),
    ]);
  });

  test.each([
    ['more', 'facts.count > 3 && has(facts.port)', 'facts.count > 3'],
    ['something else', 'facts.count > 3', 'facts.count > 2'],
    ['either of two', 'facts.count > 3 || has(facts.port)', 'has(facts.port) && has(facts.api)'],
  ])('is reached where one above it asks for %s', (_, first, second) => {
    expect(withSecond(first, second)).toEqual([]);
  });
});

type Changes = Readonly<Record<string, (text: string) => string>>;

/** A copy of `policies/` with files changed, or added. */
function policiesWith(changes: Changes) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-policies-'));
  cpSync(new URL('../../policies/', import.meta.url), folder, { recursive: true });
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path);
    writeFileSync(file, change(existsSync(file) ? readFileSync(file, 'utf8') : ''));
  }
  return { url: pathToFileURL(`${folder}/`), name: 'policies' };
}

describe('playbooks together', () => {
  const runbook = { 'runbooks/a-playbook.md': () => '# A playbook\n' };
  const problemsWith = (change: (playbook: string) => string, others: Changes = runbook) =>
    messages(policyProblems(policiesWith({ 'playbooks/zz.yaml': () => change(text), ...others })));

  test('of ours have no problem', () => {
    expect(policyProblems()).toEqual([]);
  });

  test.each([
    ["'A:B/*'", 'zz.yaml:3: A:B/* is no finding type that a source sends'],
    [
      "'Backdoor:EC2/*'",
      'zz.yaml:3: the type Backdoor:EC2/* is already taken by policies/playbooks/compromised-instance.yaml',
    ],
    [
      "'Backdoor:EC2/C*', 'Backdoor:EC2/C&CActivity.B'",
      'zz.yaml:3: Backdoor:EC2/C&CActivity.B overlaps with Backdoor:EC2/C*, which this playbook has as well',
    ],
  ])('are told of for the types %s', (types, message) => {
    expect(problemsWith((playbook) => playbook.replace("'A:B/*'", types))).toEqual([
      `policies/playbooks/${message}`,
    ]);
  });

  const sound = (playbook: string) => playbook.replace('A:B/*', 'Recon:EC2/Portscan');

  test('have one id each', () => {
    const change = (playbook: string) => sound(playbook).replace('id: a-playbook', 'id: fallback');
    expect(problemsWith(change, {})).toEqual([
      'policies/playbooks/zz.yaml:1: the id fallback is already taken by policies/playbooks/fallback.yaml',
    ]);
  });

  test('have a page for people each', () => {
    const message =
      'policies/playbooks/zz.yaml:1: policies/runbooks/a-playbook.md, its page for people, is missing or does not begin with a title';
    expect(problemsWith(sound, {})).toEqual([message]);
    expect(problemsWith(sound, { 'runbooks/a-playbook.md': () => 'To do.\n' })).toEqual([message]);
    expect(messages(policyProblems(policiesWith(runbook)))).toEqual([
      'policies/runbooks/a-playbook.md: no playbook has this id',
    ]);
  });

  test('leave no finding without one', () => {
    const change = (fallback: string) => fallback.replace("['*']", "['Custom:*']");
    expect(messages(policyProblems(policiesWith({ 'playbooks/fallback.yaml': change })))).toEqual([
      'policies/playbooks: no playbook has the type "*", so some findings would have none',
    ]);
  });

  test('of a folder without limits cannot be checked', () => {
    const folder = { url: pathToFileURL(`${mkdtempSync(join(tmpdir(), 'sallyport-none-'))}/`), name: 'mine' };
    expect(() => policyProblems(folder)).toThrow('mine/limits.yaml: there is no such file');
  });
});

/** Compiles the policies with something else in one of their files. */
function compiling(name: string, from: string, to: string): () => string {
  const folder = policiesWith({ [name]: (content) => content.replace(from, to) });
  return () => compilePolicies(folder);
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
    // Whether a setting or a weakness is mended is said by who looks again, and by nobody else.
    const ofPosture = /^(SecurityHub:(Control|inspector|config)\/|Inspector:|Config:)/;
    const ofDetections = playbooks.filter(({ types }) => !types.every((type) => ofPosture.test(type)));
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
