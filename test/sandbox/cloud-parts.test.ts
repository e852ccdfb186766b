import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Activity } from '../../sandbox/activity.ts';
import { alarm } from '../../sandbox/alarm.ts';
import { DurableMap } from '../../sandbox/durable.ts';
import { composeMessage } from '../../sandbox/people/mime.ts';
import { parseInsert } from '../../sandbox/services/partiql.ts';
import { compilePattern } from '../../sandbox/services/patterns.ts';
import { resolve } from '../../sandbox/template/intrinsics.ts';

describe('event patterns', () => {
  it.each([
    ['a value', { a: ['x'] }, { a: 'x' }, { a: 'y' }],
    ['a value in a list of the event', { a: ['x'] }, { a: ['w', 'x'] }, { a: [] }],
    ['a nested value', { a: { b: [1, null] } }, { a: { b: null } }, { a: { b: 2 } }],
    ['prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, { a: 'cab' }],
    ['suffix', { a: [{ suffix: 'ab' }] }, { a: 'cab' }, { a: 'abc' }],
    ['wildcard', { a: [{ wildcard: 'a*?' }] }, { a: 'abc?' }, { a: 'abc' }],
    ['equals-ignore-case', { a: [{ 'equals-ignore-case': 'AB' }] }, { a: 'ab' }, { a: 'b' }],
    ['anything-but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'y' }],
    ['anything-but with a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, { a: 'xy' }],
    ['exists', { a: [{ exists: false }] }, {}, { a: null }],
    ['numeric', { a: [{ numeric: ['>=', 4, '<', 7] }] }, { a: 6.9 }, { a: 7 }],
    ['$or', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, { a: 2, b: 1 }],
  ])('%s', (_, pattern, yes, no) => {
    const matches = compilePattern(pattern, 'Rule');
    expect([matches(yes), matches(no)]).toEqual([true, false]);
  });

  it('an object of the prototype is no member of the event', () => {
    expect(compilePattern({ constructor: [{ exists: true }] }, 'Rule')({})).toBe(false);
  });
});

describe('intrinsic functions', () => {
  const lookup = {
    ref: (name: string) => ({ Name: 'name', List: ['a', 'b'] })[name],
    attribute: (id: string, attribute: string) => `${id}.${attribute}`,
  };
  it.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Name' }]] }, 'a-name'],
    [{ 'Fn::GetAtt': ['Thing', 'Arn'] }, 'Thing.Arn'],
    [
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Fn::Sub's own notation.
      { 'Fn::Sub': ['${Name}/${Thing.Arn}/${Own}/${!Kept}', { Own: { Ref: 'Name' } }] },
      'name/Thing.Arn/name/${Kept}',
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Fn::Sub's own notation.
    ],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  ])('%j', (written, expected) => {
    expect(resolve(written as never, lookup, 'here')).toEqual(expected);
  });
});

describe('PartiQL', () => {
  it('an insert’s names and parameters are put together in order', () => {
    const insert = parseInsert(`insert into "t-1" value {'pk': ?, 'a b':?}`, [{ S: 'x' }, { N: '1' }]);
    expect(insert).toEqual({ table: 't-1', item: { pk: { S: 'x' }, 'a b': { N: '1' } } });
  });

  it('a parameter too few is refused', () => {
    expect(() => parseInsert(`INSERT INTO "t" VALUE {'pk': ?, 'sk': ?}`, [{ S: 'x' }])).toThrow(/1 and 2/);
  });
});

describe('a durable map', () => {
  const directory = mkdtempSync(join(tmpdir(), 'durable-'));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is read back in order, without what was deleted or half written', () => {
    const file = join(directory, 'map.jsonl');
    const map = new DurableMap<number>(file);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.delete('b');
    map.set('c', 4);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"key":"d","val`);
    expect(new DurableMap<number>(file).entries()).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });
});

describe('an alarm', () => {
  afterEach(() => vi.useRealTimers());

  it('longer than Node’s timers rings once, at its time', () => {
    vi.useFakeTimers();
    const ring = vi.fn();
    const thirtyDays = 30 * 24 * 60 * 60 * 1000;
    alarm(thirtyDays, ring);
    vi.advanceTimersByTime(thirtyDays - 1);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('that was cancelled after it was re-armed does not ring', () => {
    vi.useFakeTimers();
    const ring = vi.fn();
    const cancel = alarm(2 ** 32, ring);
    vi.advanceTimersByTime(2 ** 31);
    cancel();
    vi.advanceTimersByTime(2 ** 33);
    expect(ring).not.toHaveBeenCalled();
  });
});

describe('activity', () => {
  it('is idle only when the last piece of work has ended, and what it began as well', async () => {
    const activity = new Activity();
    const end = activity.begin();
    let idle = false;
    const waiting = activity.idle().then(() => {
      idle = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(idle).toBe(false);
    const endNext = activity.begin();
    end();
    end();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(idle).toBe(false);
    endNext();
    await waiting;
  });
});

describe('a mail', () => {
  it('cannot be given further headers through its subject or addresses', () => {
    const content = {
      from: 'a@b.c\r\nBcc: x@y.z',
      to: ['d@e.f'],
      subject: 'one\r\nX-Evil: 1',
      text: 'hello',
    };
    const message = composeMessage(content, 'id', new Date(0));
    expect(message).not.toMatch(/^(Bcc|X-Evil):/m);
  });
});
