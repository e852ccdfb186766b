import { describe, expect, test } from 'vitest';
import { DeliveryRefusedError } from '../../functions/intake/delivery.ts';
import { mapped, problemOfMapping } from '../../functions/intake/mapping.ts';

describe('a mapping', () => {
  test('of an owner is JSONata that ends on any text', () => {
    expect(problemOfMapping('{ "uid": id }')).toBeUndefined();
    expect(problemOfMapping('{ "uid": ')).toMatch(/^is no JSONata: /);
    expect(problemOfMapping('{ "uid": $match(id, /(a+)+$/) }')).toMatch('no regular expression');
    expect(problemOfMapping('{ "uid": a.b[$contains(c, /x/)].d }')).toMatch('no regular expression');
    expect(problemOfMapping('{ "uid": $eval(id) }')).toMatch('does not call $eval');
    expect(problemOfMapping('( $run := $eval; $run(id) )')).toMatch('does not call $eval');
  });

  test.each([
    ['calls itself without end', '( $f := function($x) { 1 + $f($x) }; $f(id) )'],
    ['runs for ever', '( $f := function($x) { $f($x) }; $f(id) )'],
    ['makes a list of everything with everything', '[items.($a := $; $$.items.($a & $))]'],
  ])('that %s is stopped, and the document refused', async (_, expression) => {
    const items = Array.from({ length: 2000 }, (_unused, index) => `item ${index}`);
    await expect(mapped(expression, { id: '1', items })).rejects.toThrow(DeliveryRefusedError);
  });

  test('that makes a list of one is read as one that makes a list', async () => {
    const expression = `{
      "uid": "1", "type": "t", "title": "x", "severity": "Low", "created_time": "2026-11-21T11:34:00Z",
      "entities": hosts.{ "kind": "instance", "id": $ }
    }`;
    const ids = async (hosts: unknown) =>
      (await mapped(expression, { hosts })).entities.map(({ id, part }) => [id, part]);
    expect(await ids(['i-1', 'i-2'])).toEqual([
      ['i-1', 'target'],
      ['i-2', 'target'],
    ]);
    expect(await ids(['i-1'])).toEqual([['i-1', 'target']]);
    expect(await ids(undefined)).toEqual([]);
  });
});
