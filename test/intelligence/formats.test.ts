import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { observableText } from '../../functions/core/observable.ts';
import { readCsv } from '../../functions/intelligence/formats/csv.ts';
import { readList } from '../../functions/intelligence/formats/list.ts';
import { readMisp } from '../../functions/intelligence/formats/misp.ts';
import { readWarningList } from '../../functions/intelligence/formats/misp-warning-list.ts';
import type { Reading } from '../../functions/intelligence/formats/reading.ts';
import { readStix } from '../../functions/intelligence/formats/stix.ts';
import { observablesOfPattern } from '../../functions/intelligence/formats/stix-pattern.ts';

const texts = ({ reads }: Reading) => reads.map(({ observable }) => observableText(observable));
const places = ({ gaps }: Reading) => gaps.map(({ at }) => at);

describe('a pattern of STIX', () => {
  const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
  test.each([
    ["[ipv4-addr:value = '198.51.100.7']", ['198.51.100.7']],
    ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", ['198.51.100.0/24']],
    ["[ipv6-addr:value = '2001:db8::7']", ['2001:db8::7']],
    ["[domain-name:value = 'Evil.example']", ['evil.example']],
    [`[file:hashes.MD5 = '${MD5}']`, [MD5]],
    [`[file:hashes.'SHA-256' = '${MD5}${MD5}']`, [MD5 + MD5]],
    ["[domain-name:value IN ('a.example', 'b.example')]", ['a.example', 'b.example']],
    ["[ipv4-addr:value = '198.51.100.7' OR domain-name:value = 'a.example']", ['198.51.100.7', 'a.example']],
    [
      "[ipv4-addr:value = '198.51.100.7'] OR [domain-name:value = 'a.example']",
      ['198.51.100.7', 'a.example'],
    ],
  ])('%s names what it compares with', (pattern, expected) => {
    expect(observablesOfPattern(pattern)?.map(observableText)).toEqual(expected);
  });

  test.each([
    "[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443]",
    "[ipv4-addr:value = '198.51.100.7'] FOLLOWEDBY [domain-name:value = 'a.example']",
    "[ipv4-addr:value = '198.51.100.7'] REPEATS 5 TIMES",
    "[ipv4-addr:value != '198.51.100.7']",
    "[NOT ipv4-addr:value = '198.51.100.7']",
    "[ipv4-addr:value LIKE '198.51.100.%']",
    "[ipv4-addr:value = 'a.example']",
    "[domain-name:value ISSUBSET 'a.example']",
    "[url:value = 'https://a.example/x']",
    "[domain-name:value = 'a.example' OR [",
    "[domain-name:value = 'unclosed]",
    '',
  ])('%s is not half understood', (pattern) => {
    expect(observablesOfPattern(pattern)).toBeUndefined();
  });
});

test('a STIX bundle gives its indicators with their times, and names the one that it does not understand', () => {
  const indicator = (id: string, more: object) => ({ type: 'indicator', id, pattern_type: 'stix', ...more });
  const reading = readStix(
    JSON.stringify({
      type: 'bundle',
      id: 'bundle--1',
      objects: [
        indicator('indicator--1', {
          pattern: "[ipv4-addr:value = '198.51.100.7']",
          valid_from: '2026-11-01T00:00:00Z',
          valid_until: '2026-12-01T00:00:00Z',
          confidence: 85,
        }),
        indicator('indicator--2', { pattern: "[process:name = 'x']" }),
        indicator('indicator--3', { pattern: "[domain-name:value = 'a.example']", revoked: true }),
        indicator('indicator--4', { pattern: 'alert tcp any', pattern_type: 'snort' }),
        { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '198.51.100.9' },
      ],
    }),
  );
  expect(texts(reading)).toEqual(['198.51.100.7']);
  expect(reading.reads[0]).toMatchObject({
    firstSeen: new Date('2026-11-01T00:00:00Z'),
    validUntil: new Date('2026-12-01T00:00:00Z'),
    confidence: 85,
  });
  expect(places(reading)).toEqual(['indicator--2', 'indicator--4']);
});

test('an event of MISP gives what is meant for detection, from objects as well, and no context', () => {
  const attribute = (type: string, value: string, more: object = {}) => ({
    ...{ uuid: `u-${value}`, type, value, to_ids: true, timestamp: '1793491200' },
    ...more,
  });
  const event = {
    info: 'A campaign',
    Attribute: [
      attribute('ip-dst|port', '198.51.100.7|443'),
      attribute('domain|ip', 'a.example|198.51.100.8'),
      attribute('ip-src', '198.51.100.9', { to_ids: false }),
      attribute('regkey', 'HKLM'),
    ],
    Object: [{ Attribute: [attribute('filename|md5', 'x.exe|d41d8cd98f00b204e9800998ecf8427e')] }],
  };
  for (const document of [{ Event: event }, { response: [{ Event: event }] }]) {
    const reading = readMisp(JSON.stringify(document));
    expect(reading.name).toBe('A campaign');
    expect(texts(reading)).toEqual(['198.51.100.7', 'a.example', 'd41d8cd98f00b204e9800998ecf8427e']);
    expect(reading.reads[0]?.lastSeen).toEqual(new Date(1793491200_000));
    expect(places(reading)).toEqual(['u-HKLM']);
  }
});

describe('a warning list of MISP', () => {
  const list = (type: string, ...entries: string[]) =>
    readWarningList(JSON.stringify({ name: 'A list', type, list: entries }));

  it('means names alone or with what is below them, as its type says', () => {
    expect(list('string', 'pages.example').reads[0]?.exact).toBe(true);
    expect(list('hostname', '.pages.example').reads[0]?.exact).toBe(false);
    expect(texts(list('cidr', '10.0.0.0/8', '192.0.2.1'))).toEqual(['10.0.0.0/8', '192.0.2.1']);
  });

  it('of a type that cannot be looked up is a gap as a whole', () => {
    expect(places(list('regex', '.*'))).toEqual(['the file']);
  });

  it('is no feed of indicators, nor the reverse', () => {
    const warning = JSON.stringify({ name: 'A list', type: 'cidr', list: ['10.0.0.0/8'] });
    expect(texts(readMisp(warning))).toEqual([]);
    expect(places(readMisp(warning))).toEqual(['the file']);
    expect(places(readStix(warning))).toEqual(['the file']);
  });
});

test('a list names one thing a line, and every line that names none', () => {
  const reading = readList(
    '# feed\r\n198.51.100.7\r\n\n198.51.100.0/24 3\nevil[.]example ; seen\nhttp://x.example/\n',
  );
  expect(texts(reading)).toEqual(['198.51.100.7', '198.51.100.0/24', 'evil.example']);
  expect(places(reading)).toEqual(['line 6']);
});

describe('a table', () => {
  const columns = { value: 'ip', firstSeen: 'first_seen', lastSeen: 'last_seen', confidence: 'score' };

  it('is read by its headings', () => {
    const reading = readCsv(
      'ip,score,first_seen,note\n198.51.100.7,90,2026-11-01,"a, b"\n"x\ny",1,,\n192.0.2.1,200,soon,\n',
      columns,
    );
    expect(texts(reading)).toEqual(['198.51.100.7', '192.0.2.1']);
    expect(reading.reads).toMatchObject([
      { confidence: 90, firstSeen: new Date('2026-11-01') },
      { confidence: undefined, firstSeen: undefined },
    ]);
    expect(places(reading)).toEqual(['line 4']);
  });

  it('without that heading, or of another kind, is a gap', () => {
    expect(readCsv('address\n192.0.2.1\n', columns).gaps[0]?.reason).toContain('headed ip');
    expect(readCsv('ip\n"192.0.2.1\n', columns).gaps[0]?.reason).toContain('no CSV');
  });
});

test.each(['', '{', '[]', 'null', '"x"', '{"objects":[]}'])(
  '%j is no file of any format, and no crash',
  (text) => {
    for (const read of [readStix, readMisp, readWarningList])
      expect(read(text)).toMatchObject({ reads: [], gaps: [{ at: 'the file' }] });
  },
);

const collected = new URL('../../../shared/data/threatintel/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, collected), 'utf8');

describe.skipIf(!existsSync(collected))('public feeds (skipped where ../shared/data is absent)', () => {
  it('are understood, or say what was not', () => {
    const columns = { value: 'ip', firstSeen: 'first_seen', lastSeen: 'last_seen' };
    const react = readCsv(file('DataDog-indicators-of-compromise__react-CVE-2025-55182-iocs.csv'), columns);
    expect(react.gaps).toEqual([]);
    expect(react.reads.length).toBeGreaterThan(150);
    expect(react.reads.every(({ firstSeen, lastSeen }) => firstSeen && lastSeen)).toBe(true);
    const team = readCsv(file('DataDog-indicators-of-compromise__teampcp-iocs.csv'), { value: 'name' });
    const rows = file('DataDog-indicators-of-compromise__teampcp-iocs.csv').trim().split('\n').length - 1;
    expect(team.reads.length + team.gaps.length).toBe(rows);
    expect(readList(file('stamparm-ipsum__levels-7.txt')).gaps).toEqual([]);
    for (const name of ['amazon-aws', 'cloudflare', 'rfc1918', 'rfc5735']) {
      const reading = readWarningList(file(`MISP-misp-warninglists__lists-${name}-list.json`));
      expect(reading.gaps, name).toEqual([]);
      expect(reading.reads.length, name).toBeGreaterThan(2);
    }
    const stix = 'oasis-open-cti-stix2-json-schemas__examples-';
    expect(texts(readStix(file(`${stix}indicator-for-c2-ip-address.json`)))).toEqual(['10.0.0.0']);
    expect(texts(readStix(file(`${stix}indicators-for-C2-with-COA.json`)))).toEqual([
      '10.0.0.0',
      'ef537f25c895bfa782526529a9b63d97aa631564d5d789c2b765448c8635fb6c',
    ]);
    expect(readStix(file(`${stix}infrastructure.json`))).toMatchObject({ reads: [], gaps: [] });
  });
});
