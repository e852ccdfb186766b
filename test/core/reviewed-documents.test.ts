import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  isReviewed,
  type ReviewedDocument,
  reviewedDocuments,
} from '../../functions/core/reviewed-documents.ts';

const { run, undo } = reviewedDocuments['block-instance-metadata'];

/** Keeps rules in a file of its name, as iptables keeps them in the kernel: -C finds, -I inserts, -D deletes one. */
const FIREWALL = `#!/bin/sh
[ "$1" = -w ] || exit 64
command="$2"; shift 2
file="$0.rules"; touch "$file"
case "$command" in
  -C) grep -qxF -e "$*" "$file" ;;
  -I) { echo "$*"; cat "$file"; } > "$file.new"; mv "$file.new" "$file" ;;
  -D) awk -v rule="$*" '!gone && $0 == rule { gone = 1; next } { print }' "$file" > "$file.new"; mv "$file.new" "$file" ;;
  *) exit 64 ;;
esac
`;

let bin: string;
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'sallyport-firewall-'));
  for (const tool of ['grep', 'touch', 'cat', 'mv', 'awk']) {
    const place = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find((path) => existsSync(path));
    symlinkSync(place ?? tool, join(bin, tool));
  }
});
afterEach(() => rmSync(bin, { recursive: true }));

function install(...names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(join(bin, name), FIREWALL);
    chmodSync(join(bin, name), 0o755);
  }
}

/** What Systems Manager's agent does: the lines as one script. */
function execute({ content }: ReviewedDocument) {
  const script = content.mainSteps[0].inputs.runCommand.join('\n');
  return spawnSync('/bin/sh', ['-c', script], { env: { PATH: bin }, encoding: 'utf8' });
}

function rules(name = 'iptables'): string[] {
  const file = join(bin, `${name}.rules`);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

const OWN =
  'OUTPUT -d 169.254.169.254 -m owner ! --uid-owner 0 -m comment --comment sallyport-block-instance-metadata -j REJECT';
const FORWARDED =
  'FORWARD -d 169.254.169.254 -m comment --comment sallyport-block-instance-metadata -j REJECT';
const FOREIGN = 'OUTPUT -d 169.254.169.254 -m owner ! --uid-owner 0 -j REJECT';

test('the way of every user but root and of containers is blocked, once however often it is run', () => {
  install('iptables', 'ip6tables');
  expect(execute(run)).toMatchObject({ status: 0, stderr: '' });
  expect(execute(run)).toMatchObject({ status: 0, stderr: '' });
  expect(rules()).toEqual([FORWARDED, OWN]);
});

test.runIf(existsSync('/proc/net/if_inet6'))('the address of IPv6 is blocked and given back as well', () => {
  install('iptables', 'ip6tables');
  execute(run);
  expect(rules('ip6tables')).toEqual(
    [FORWARDED, OWN].map((rule) => rule.replace(/169[\d.]+/, 'fd00:ec2::254')),
  );
  execute(undo);
  expect(rules('ip6tables')).toEqual([]);
});

test("the inverse takes out our rules, twice if they are there twice, and nobody else's", () => {
  install('iptables', 'ip6tables');
  writeFileSync(join(bin, 'iptables.rules'), [OWN, FOREIGN, OWN, FORWARDED, ''].join('\n'));
  expect(execute(undo)).toMatchObject({ status: 0, stderr: '' });
  expect(rules()).toEqual([FOREIGN]);
  expect(execute(undo).status).toBe(0);
});

test('half of the work is completed, and taken back', () => {
  install('iptables', 'ip6tables');
  writeFileSync(join(bin, 'iptables.rules'), `${OWN}\n`);
  expect(execute(run).status).toBe(0);
  expect(rules()).toEqual([FORWARDED, OWN]);
  writeFileSync(join(bin, 'iptables.rules'), `${OWN}\n`);
  expect(execute(undo).status).toBe(0);
  expect(rules()).toEqual([]);
});

test('without iptables nothing is blocked, and that is said; there is nothing to take back', () => {
  expect(execute(run)).toMatchObject({ status: 1, stderr: 'this instance has no iptables\n' });
  expect(execute(undo).status).toBe(0);
});

test('a firewall that refuses the rule is a failure', () => {
  install('iptables', 'ip6tables');
  writeFileSync(join(bin, 'iptables'), '#!/bin/sh\nexit 4\n');
  expect(execute(run).status).not.toBe(0);
});

test('a document is the reviewed one in any order and spacing, and no other', () => {
  const { mainSteps, ...head } = run.content;
  expect(isReviewed(run, JSON.stringify({ mainSteps, ...head }, undefined, 2))).toBe(true);
  expect(isReviewed(run, JSON.stringify(undo.content))).toBe(false);
  expect(isReviewed(run, JSON.stringify({ ...run.content, parameters: {} }))).toBe(false);
  expect(isReviewed(run, 'not JSON')).toBe(false);
  expect(isReviewed(run, undefined)).toBe(false);
});
