import { beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../functions/actions/registry.gen.ts';
import { families } from '../../functions/core/family.ts';
import { Suppression } from '../../functions/core/suppression.ts';
import { exhibits } from '../../functions/exhibits/registry.gen.ts';
import { ownEnvironment } from '../../functions/generated/policies.gen.ts';
import { permissions as health } from '../../functions/health/operations.ts';
import { permissions as stacks } from '../../functions/stacks/operations.ts';
import { permissions as tags } from '../../functions/tags/operations.ts';
import { tools } from '../../functions/tools/registry.gen.ts';
import { readsOnlyOf } from '../../infra/permissions.ts';
import {
  asList,
  committedTemplate,
  organization,
  type RoleInTemplate,
  type Statement,
  statementsOf,
  synthesizeAll,
  type Template,
} from './template.ts';

let hub: Template;
let spoke: Template;
beforeAll(async () => {
  const made = await synthesizeAll(organization);
  if (!made.spoke) throw new Error('there is no spoke');
  hub = made.hub;
  spoke = made.spoke;
});

const REGION = 'eu-central-1';
const roleName = (name: string) => `sallyport-${name}-${REGION}`;
const roleArn = (account: string, name: string) => `arn:aws:iam::${account}:role/sallyport/${roleName(name)}`;

function roleOf(template: Template, name: string): RoleInTemplate {
  const role = template.roles().find((one) => one.name === roleName(name));
  if (!role) throw new Error(`no role ${name}`);
  return role;
}

const actionsOf = (statements: readonly Statement[]) =>
  [...new Set(statements.flatMap((one) => asList(one.Action)))].sort();

/** Trust in functions of the hub, for incidents, as long as the hub is in the organisation. */
function trustIn(names: readonly string[]): Statement[] {
  const arns = names.map((name) => roleArn('111122223333', name));
  return ['sts:AssumeRole', 'sts:SetSourceIdentity'].map((Action) => ({
    Action,
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': 'o-sandbox0000' },
      ArnEquals: { 'aws:PrincipalArn': arns },
      StringLike: { 'sts:SourceIdentity': 'INC-*' },
    },
  }));
}

describe('a member account', () => {
  it('has for each action the role that the hub has, with the same power and the same boundary', () => {
    for (const { id } of actions) {
      const [there, here] = [spoke, hub].map((template) => roleOf(template, `action-${id}`));
      expect(there?.statements, id).toEqual(here?.statements);
      expect(there?.path).toBe(here?.path);
      expect(there?.boundary).toMatch(/^<Actions/);
    }
  });

  it('trusts for each action the hub’s function of its family alone, for an incident, inside the organization', () => {
    for (const { id, family } of actions)
      expect(roleOf(spoke, `action-${id}`).trust, id).toEqual(trustIn([`remediate-${family}`]));
  });

  it('is read through one role, which the hub’s reading functions alone may take, and which only reads', async () => {
    const reader = roleOf(spoke, 'reader');
    expect(reader.trust).toEqual(trustIn(['triage', 'investigate', 'plan', 'watch-health']));
    const reading = actionsOf(reader.statements);
    const readsOnly = await readsOnlyOf([{ actions: reading, resources: ['*'] }]);
    expect(reading.filter((action) => !readsOnly(action))).toEqual([]);
    const asked = [
      ...tools,
      ...actions,
      { permissions: health },
      { permissions: stacks },
      { permissions: tags },
    ]
      .flatMap(({ permissions }) => permissions)
      .flatMap((one) => one.actions);
    expect(reading.length).toBeGreaterThan(50);
    expect(reading.filter((action) => !asked.includes(action))).toEqual([]);
    for (const member of tools)
      expect(reading, member.id).toEqual(
        expect.arrayContaining(member.permissions.flatMap((permission) => [...permission.actions])),
      );
  });

  it('has its evidence read through a role that collect alone may take, in the hub’s account as well', async () => {
    expect(roleOf(spoke, 'evidence-reader').trust).toEqual(trustIn(['collect']));
    const [takes, names] = roleOf(hub, 'evidence-reader').trust;
    for (const trust of [takes, names])
      expect(trust).toMatchObject({
        Principal: { AWS: expect.stringMatching(/^<EvidenceCollectRole\w+\.Arn>$/) },
        Condition: { StringLike: { 'sts:SourceIdentity': 'INC-*' } },
      });
    const declared = exhibits.flatMap(({ permissions }) => permissions.flatMap(({ actions: all }) => all));
    for (const template of [hub, spoke]) {
      const reading = actionsOf(roleOf(template, 'evidence-reader').statements);
      expect(reading).toEqual([...new Set(declared)].sort());
      const readsOnly = await readsOnlyOf([{ actions: reading, resources: ['*'] }]);
      expect(reading.filter((action) => !readsOnly(action))).toEqual([]);
    }
  });

  it('shows what an instance wrote to its console to that role, and to no other', () => {
    for (const template of [hub, spoke]) {
      const seeing = template
        .roles()
        .filter(({ statements }) => actionsOf(statements).includes('ec2:GetConsoleOutput'));
      expect(seeing.map(({ name }) => name)).toEqual([roleName('evidence-reader')]);
    }
  });

  it('has no other roles, and its boundary keeps every action away from them and from the stack', () => {
    expect(
      spoke
        .roles()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['reader', 'evidence-reader', ...actions.map(({ id }) => `action-${id}`)].map(roleName).sort());
    const [boundary] = spoke.ofType('AWS::IAM::ManagedPolicy').values();
    const denied = statementsOf(boundary?.PolicyDocument).filter((one) => one.Effect === 'Deny');
    expect(denied.flatMap((one) => asList(one.Resource))).toEqual(
      expect.arrayContaining([
        'arn:aws:iam::111122223333:role/sallyport/*',
        'arn:aws:iam::111122223333:policy/sallyport/*',
        'arn:aws:cloudformation:eu-central-1:111122223333:stack/<AWS::StackName>/*',
      ]),
    );
  });

  it('runs nothing, so that a StackSet can deploy its template as it stands', () => {
    expect([...new Set(Object.values(spoke.resources).map(({ Type }) => Type))].sort()).toEqual([
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Role',
      'AWS::Route53Resolver::FirewallDomainList',
      'AWS::SSM::Document',
    ]);
    expect(spoke.parameters).toEqual([]);
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(spoke.characters).toBeLessThan(1_000_000);
  });

  it('keeps within what IAM takes for one role', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    for (const { name, statements, trust } of spoke.roles()) {
      expect(JSON.stringify(statements).length, name).toBeLessThan(10_240);
      expect(JSON.stringify(trust).length, name).toBeLessThan(2048);
    }
  });
});

describe('the hub', () => {
  const taking = (name: string) =>
    roleOf(hub, name).statements.filter((one) => asList(one.Action).includes('sts:AssumeRole'));
  const inMembers = (names: readonly string[]) => ({
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Effect: 'Allow',
    Resource: names.map((name) => roleArn('*', name)),
    Condition: { StringEquals: { 'aws:ResourceAccount': organization.accounts } },
  });

  it.each(['triage', 'investigate', 'plan', 'watch-health'])(
    'takes the members’ reader roles for %s, and no others',
    (name) => {
      expect(taking(name).map(asLists)).toEqual([inMembers(['reader'])]);
    },
  );

  it('takes the roles that read evidence for collect, its own account’s and the members’', () => {
    const [own, members, ...more] = taking('collect');
    expect(asList(own?.Resource)).toEqual([roleArn('111122223333', 'evidence-reader')]);
    expect(members && asLists(members)).toEqual(inMembers(['evidence-reader']));
    expect(more).toEqual([]);
  });

  it.each(families)('takes the members’ roles of its own family for remediate-%s', (family) => {
    const names = actions.filter((action) => action.family === family).map(({ id }) => `action-${id}`);
    const [own, members, ...more] = taking(`remediate-${family}`);
    expect(asList(own?.Resource)).toEqual(names.map((name) => roleArn('111122223333', name)));
    expect(members && asLists(members)).toEqual(inMembers(names));
    expect(more).toEqual([]);
  });

  it('has no more power for the accounts that it covers than these', async () => {
    const alone = await committedTemplate();
    for (const { name, statements } of hub.roles()) {
      const before = alone.roles().find((one) => one.name === name)?.statements ?? [];
      const added = statements.filter(
        (one) => !before.some((two) => JSON.stringify(one) === JSON.stringify(two)),
      );
      expect(
        added.filter((one) => !asList(one.Action).includes('sts:AssumeRole')),
        name,
      ).toEqual([]);
    }
  });

  it('tells its reading functions which accounts are members', () => {
    for (const { FunctionName, Environment } of hub.ofType('AWS::Lambda::Function').values()) {
      const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, string> };
      // The webhook says whose findings it takes, and reads nobody's account.
      if (!('OWN_ACCOUNT' in Variables) || FunctionName === 'sallyport-intake') continue;
      expect(Variables.MEMBER_ACCOUNTS, String(FunctionName)).toBe('444455556666,777788889999');
      const reader = FunctionName === 'sallyport-collect' ? 'evidence-reader' : 'reader';
      expect(Variables.READER_ROLE_ARN).toBe(roleArn('{account}', reader));
    }
  });
});

describe('findings', () => {
  it('of members come through the delegated administrator, unless they are to be forwarded', () => {
    expect(spoke.ofType('AWS::Events::Rule').size).toBe(0);
    expect(hub.ofType('AWS::Events::EventBusPolicy').size).toBe(0);
  });

  it('that are forwarded come from the members’ own role, and only as AWS’s services wrote them', async () => {
    const forwarding = await synthesizeAll({ ...organization, forwardFindings: true });
    const rulesOf = (template: Template | undefined) =>
      // A schedule has no pattern.
      [...(template?.ofType('AWS::Events::Rule').values() ?? [])].filter(
        (rule) => 'EventPattern' in rule,
      ) as {
        EventPattern: { source: string[] };
        Targets: { Arn: string }[];
      }[];
    const bus = 'arn:aws:events:eu-central-1:111122223333:event-bus/default';
    const rules = rulesOf(forwarding.spoke);
    expect(rules.flatMap(({ Targets }) => Targets.map(({ Arn }) => Arn))).toEqual(rules.map(() => bus));
    const [policy] = forwarding.hub.ofType('AWS::Events::EventBusPolicy').values();
    expect(policy?.Statement).toMatchObject({
      Effect: 'Allow',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: bus,
      Condition: {
        StringEquals: {
          'aws:PrincipalOrgID': 'o-sandbox0000',
          'events:source': [...new Set(rules.flatMap(({ EventPattern }) => EventPattern.source))],
        },
        ArnEquals: {
          'aws:PrincipalArn': organization.accounts.map((account) => roleArn(account, 'forward')),
        },
      },
    });
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual(
      rulesOf(forwarding.hub)
        .map(({ EventPattern }) => EventPattern)
        .filter(({ source }) => !source.includes('aws.states')),
    );
    const forward = forwarding.spoke && roleOf(forwarding.spoke, 'forward');
    expect(forward?.statements.map(asLists)).toEqual([
      { Action: ['events:PutEvents'], Effect: 'Allow', Resource: [bus] },
    ]);
  });
});

it('without accounts there is no spoke, and nothing in the hub looks beyond its own account', async () => {
  const { hub: alone, spoke: none } = await synthesizeAll({});
  expect(none).toBeUndefined();
  expect(JSON.stringify(alone.resources)).not.toContain('aws:ResourceAccount');
});

/** CDK writes a list of one as its member. */
function asLists(statement: Statement): object {
  const { Action, Resource } = statement;
  return { ...statement, Action: asList(Action), Resource: asList(Resource) };
}

describe('a suppression that asks for a tag', () => {
  const powerOf = (template: Template) => actionsOf(roleOf(template, 'ingest').statements);
  const reading = tags.flatMap(({ actions: all }) => all);

  it('gives what takes findings in the tags, here and in members; without one it reads no account', async () => {
    expect(powerOf(hub).filter((action) => [...reading, 'sts:AssumeRole'].includes(action))).toEqual([]);
    const rule = Suppression.parse({
      id: 'honeypots',
      reason: 'the research team looks at them',
      owner: 'research-team',
      expires: '2027-06-30',
      tag: { key: 'sallyport:suppress', value: 'honeypot' },
    });
    const suppressions = { suppressions: [rule] };
    const asking = await synthesizeAll(organization, { environment: ownEnvironment, suppressions });
    expect(powerOf(asking.hub)).toEqual(expect.arrayContaining([...reading, 'sts:AssumeRole']));
    const [takes] = asking.spoke ? roleOf(asking.spoke, 'reader').trust : [];
    expect(takes?.Condition?.ArnEquals?.['aws:PrincipalArn']).toContain(roleArn('111122223333', 'ingest'));
  });
});
