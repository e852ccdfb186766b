import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { openAccount } from '../../functions/adapters/account.ts';
import { accountClients, type Credentials } from '../../functions/adapters/account-clients.ts';
import * as services from '../../functions/adapters/account-services.ts';
import { assumeAction } from '../../functions/adapters/assume-action.ts';
import type { Account, Action, AwsCommandClass, Permission } from '../../functions/core/account.ts';
import { sha256 } from '../../functions/core/canonical.ts';
import type { PlannedAction } from '../../functions/core/plan.ts';
import { fillConditions, fillResource } from '../../functions/core/resource-pattern.ts';
import { createAccountSide } from '../../sandbox/account/account.ts';
import { Cloud } from '../../sandbox/account/cloud.ts';
import type { Principals } from '../../sandbox/account/principals.ts';
import type { AccountState } from '../../sandbox/account/state.ts';
import { startWireServer } from '../../sandbox/wire/server.ts';
import type { CallRecord, WireServer } from '../../sandbox/wire/service.ts';
import { ACCOUNT, FORENSICS, REGION } from './action-case.ts';

type AnyAccount = Account<readonly AwsCommandClass[]>;

interface Parts {
  readonly cloud: Cloud;
  readonly calls: readonly CallRecord[];
  readonly principals: Principals;
  readonly server: WireServer;
}

const clientsOf = accountClients(services);
const REMEDIATE = `arn:aws:iam::${ACCOUNT}:role/remediate`;
const ROLE_PATTERN = 'arn:aws:iam::{account}:role/sallyport-{action}';
export const INCIDENT = 'INC-0123456789ABCDEF';

/** The sandbox's account behind its wire server, seen through the adapters that production uses. */
export class AccountUnderTest {
  readonly cloud: Cloud;
  readonly calls: readonly CallRecord[];
  readonly close: () => Promise<void>;
  private readonly principals: Principals;
  private readonly sts: STSClient;

  private constructor({ cloud, calls, principals, server }: Parts) {
    this.cloud = cloud;
    this.calls = calls;
    this.close = () => server.close();
    this.principals = principals;
    // What the sandbox gives its functions: the SDK finds the endpoint by itself.
    process.env.AWS_ENDPOINT_URL = server.endpoint;
    this.principals.register({
      arn: REMEDIATE,
      trustPolicy: { Statement: [] },
      identityPolicies: [statement(['sts:AssumeRole', 'sts:SetSourceIdentity'], ['*'])],
    });
    const credentials = this.credentialsOf(REMEDIATE);
    this.sts = new STSClient({ endpoint: server.endpoint, region: REGION, credentials });
  }

  /** `sabotage` sees each call before it is carried out, and may throw an AwsError instead. */
  static async start(
    seed: object,
    activity: readonly object[] = [],
    sabotage?: (record: CallRecord) => void,
    now = new Date(),
  ): Promise<AccountUnderTest> {
    const cloud = new Cloud(() => now);
    seedWith(cloud, { account: ACCOUNT, region: REGION, ...seed }, activity);
    const { principals, ...side } = createAccountSide(cloud);
    const calls: CallRecord[] = [];
    const onCall = (record: CallRecord) => {
      if (record.phase === 'before') sabotage?.(record);
      else calls.push(record);
      side.onCall(record);
    };
    const server = await startWireServer({ ...side, onCall });
    return new AccountUnderTest({ cloud, calls, principals, server });
  }

  /** What AWS would show, without the history of calls. */
  resources(): Omit<AccountState, 'events'> {
    const { events: _history, ...resources } = structuredClone(this.cloud.account(ACCOUNT));
    return resources;
  }

  /** The function's reading view, with exactly the permissions given. */
  reader(permissions: readonly Permission[], declared: readonly AwsCommandClass[]): AnyAccount {
    // One for each set of permissions, so that several can read at the same time.
    const arn = `arn:aws:iam::${ACCOUNT}:role/reader-${sha256(JSON.stringify(permissions)).slice(0, 8)}`;
    this.register(arn, permissions);
    return this.open(this.credentialsOf(arn), declared, 'read');
  }

  /** The action's own role, narrowed to the plan: what remediate works with. */
  async session(action: Action, planned: PlannedAction): Promise<AnyAccount> {
    return this.open(await this.assume(action, planned), [...action.reads, ...action.writes], 'write');
  }

  async assume(action: Action, planned: PlannedAction): Promise<Credentials> {
    const arn = `arn:aws:iam::${ACCOUNT}:role/sallyport-${action.id}`;
    this.register(arn, action.permissions);
    return assumeAction({ action, planned, incident: INCIDENT, roleArnPattern: ROLE_PATTERN, sts: this.sts });
  }

  open(
    credentials: Credentials,
    declared: readonly AwsCommandClass[],
    mode: 'read' | 'write' | 'keep',
  ): AnyAccount {
    const now = this.cloud.now();
    return openAccount({
      id: ACCOUNT,
      region: REGION,
      declared,
      mode,
      now,
      clients: clientsOf(credentials),
      forensicsAccount: FORENSICS,
    });
  }

  /** A role that has exactly the permissions given. */
  register(arn: string, permissions: readonly Permission[]): void {
    this.principals.register({
      arn,
      trustPolicy: {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: REMEDIATE },
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        },
      },
      identityPolicies: permissions.map(({ actions, resources, conditions }) =>
        statement(actions, resources, conditions),
      ),
    });
  }

  /** A session as the platform issues it, without asking the role's trust. */
  credentialsOf(roleArn: string, sessionName = 'test'): Credentials {
    return this.principals.issueSession({ roleArn, sessionName });
  }
}

function statement(
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Permission['conditions'],
) {
  const Resource = resources.map((one) => fillResource(one, { account: ACCOUNT, region: REGION }));
  return {
    Statement: {
      Effect: 'Allow' as const,
      Action: actions,
      Resource,
      ...(conditions ? { Condition: fillConditions(conditions, FORENSICS) } : {}),
    },
  };
}

function seedWith(cloud: Cloud, account: object, activity: readonly object[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-contract-'));
  writeFileSync(join(directory, 'account.json'), JSON.stringify(account));
  writeFileSync(join(directory, 'activity.json'), JSON.stringify(activity));
  cloud.seed(directory);
  rmSync(directory, { recursive: true });
}
