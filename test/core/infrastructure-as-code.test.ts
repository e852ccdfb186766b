import { describe, expect, it } from 'vitest';
import { keptByCode } from '../../functions/core/infrastructure-as-code.ts';
import { Consequence } from '../../functions/core/plan.ts';

const stack = { Key: 'aws:cloudformation:stack-name', Value: 'network-prod' };

describe('a resource that code keeps', () => {
  it('is known by the tag that CloudFormation writes, with the stack’s name', () => {
    const [one] = keptByCode([{ Key: 'Name', Value: 'web' }, stack]);
    expect(one?.what).toContain('CloudFormation stack network-prod');
    expect(one?.count).toBe(1);
  });

  it.each([
    { Key: 'ManagedBy', Value: 'Terraform' },
    { Key: 'terraform', Value: 'true' },
    { Key: 'pulumi:project', Value: 'shop' },
  ])('is said to be kept where a tag says so: $Key=$Value', (tag) => {
    expect(keptByCode([tag])[0]?.evidence).toContain('whoever may tag it can write');
  });

  it('is named once, by what only AWS can write, where both are there', () => {
    expect(keptByCode([{ Key: 'ManagedBy', Value: 'terraform' }, stack])).toHaveLength(1);
  });

  it.each([[undefined], [[]], [[{ Key: 'Name', Value: 'web' }]], [[{}]]])('%j says nothing', (tags) => {
    expect(keptByCode(tags)).toEqual([]);
  });

  it('never repeats what an attacker wrote into a tag, and fits the card', () => {
    const evil = `terraform <script>${'x'.repeat(300)}`;
    const said = [
      ...keptByCode([{ Key: evil, Value: evil }]),
      ...keptByCode([{ Key: stack.Key, Value: 's'.repeat(500) }]),
    ];
    expect(JSON.stringify(said)).not.toContain('<script>');
    for (const one of said) expect(Consequence.parse(one)).toEqual(one);
  });
});
