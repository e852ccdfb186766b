import { openAccount } from '../functions/adapters/account.ts';
import type { Action, Planned } from '../functions/core/account.ts';
import type { EntityKind } from '../functions/core/entity.ts';
import { NothingToDoError, TargetNotFoundError } from '../functions/core/errors.ts';
import type { Target } from '../functions/core/plan.ts';
import { createAccountSide } from '../sandbox/account/account.ts';
import { Cloud } from '../sandbox/account/cloud.ts';
import { startWireServer } from '../sandbox/wire/server.ts';

/** Things of each kind in the demo's account: an action plans on the first one that has what it acts on. */
const things: Readonly<Partial<Record<EntityKind, readonly string[]>>> = {
  'access-key': ['AKIAI44QH8DHBEXAMPLE'],
  instance: ['i-0c2c2c2c2c2c2c2c2', 'i-0d4d4d4d4d4d4d4d4'],
  role: ['auditors'],
  'security-group': ['sg-0cc11dd22ee33ff44'],
  snapshot: ['snap-0e5e5e5e5e5e5e5e5'],
  user: ['ci-deploy', 'dana'],
};
/** Values for the parameters that an action cannot do without, by their names. */
const values: Readonly<Record<string, string>> = { networks: '198.51.100.0/28', cidr: '203.0.113.99/32' };
const demo = { folder: 'sandbox/demo', account: '111122223333', region: 'eu-central-1' };

/** An action's own words for what it would do to a thing of the demo's account, and how it would be undone. */
export type PlannedExample = Pick<Planned, 'change' | 'undo' | 'cannotRestore'>;

/** Lets every action plan, over the wire, against the demo's account. Nothing is changed. */
export async function plannedExamples(
  actions: readonly Action[],
): Promise<ReadonlyMap<string, PlannedExample>> {
  const cloud = new Cloud(() => new Date());
  cloud.seed(demo.folder);
  const { principals, ...side } = createAccountSide(cloud);
  const server = await startWireServer(side);
  process.env.AWS_ENDPOINT_URL = server.endpoint;
  try {
    const examples = new Map<string, PlannedExample>();
    for (const action of actions) examples.set(action.id, await plan(action, session(principals, action)));
    return examples;
  } finally {
    await server.close();
  }
}

/** A session of a role that may read what the action reads. */
function session(
  principals: ReturnType<typeof createAccountSide>['principals'],
  { id, permissions }: Action,
) {
  const roleArn = `arn:aws:iam::${demo.account}:role/${id}`;
  const statement = {
    Effect: 'Allow' as const,
    Action: permissions.flatMap(({ actions }) => [...actions]),
    Resource: '*',
  };
  principals.register({
    arn: roleArn,
    trustPolicy: { Statement: [] },
    identityPolicies: [{ Statement: [statement] }],
  });
  return principals.issueSession({ roleArn, sessionName: 'docs', durationSeconds: 3600 });
}

async function plan(action: Action, credentials: ReturnType<typeof session>): Promise<Planned> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const account = openAccount({
    id: demo.account,
    region: demo.region,
    declared: action.reads,
    mode: 'read',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  for (const target of targetsOf(action))
    try {
      return await action.plan(target, action.params.parse(paramsOf(action)), account);
    } catch (error) {
      if (!(error instanceof TargetNotFoundError || error instanceof NothingToDoError)) throw error;
    }
  throw new Error(
    `${action.id} takes ${action.targets.join(' or ')}: put one into ${demo.folder}/account.json and name it in scripts/planned-examples.ts`,
  );
}

/** Where an action takes no plan without parameters, those that it asks for. */
function paramsOf({ params }: Action): object {
  const { issues = [] } = params.safeParse({}).error ?? {};
  const missing = issues.map(({ path }) => String(path[0]));
  return Object.fromEntries(missing.map((name) => [name, values[name]]));
}

function targetsOf({ targets }: Action): readonly Target[] {
  return targets.flatMap((kind) =>
    (things[kind] ?? []).map(
      (id): Target => ({
        handle: 'e1',
        kind,
        id,
        account: demo.account,
        region: demo.region,
        trust: 'observed',
      }),
    ),
  );
}
