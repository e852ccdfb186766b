import { randomBytes } from 'node:crypto';
import type { PolicySet } from '../authorize/evaluate.ts';
import type { PolicyDocument } from '../authorize/policy.ts';
import { assertSupported } from '../authorize/supported.ts';
import type { Caller } from '../wire/service.ts';
import { accountOfArn, nameOfArn, roleArn, sessionArn, userArn } from './arns.ts';
import type { Cloud } from './cloud.ts';
import { find } from './find.ts';
import { iamId } from './ids.ts';
import { bindingPolicies } from './organizations/binding.ts';
import { parsePolicy, rolePolicies, userPolicies } from './policies.ts';
import type { AccountState, SessionState } from './state.ts';

/** A role that comes from elsewhere than the account's seed: one of Sallyport's own, from its template. */
export interface RegisteredRole {
  readonly arn: string;
  readonly trustPolicy: PolicyDocument;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  /** Seconds; an hour when absent. */
  readonly maxSessionDuration?: number;
}

/** A role as STS sees it, wherever it came from. */
export interface AssumableRole {
  readonly arn: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionDuration: number;
}

export interface SessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sourceIdentity?: string | undefined;
  readonly sessionPolicies?: readonly string[];
  /** Seconds; an hour when absent. */
  readonly durationSeconds?: number | undefined;
}

/** Who exists, with which credentials, and bound by which policies. */
export class Principals {
  readonly #cloud: Cloud;
  readonly #registered = new Map<string, RegisteredRole>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** Adds or replaces a role. Throws UnknownConditionError for a policy that cannot be evaluated. */
  register(role: RegisteredRole): void {
    for (const document of [role.trustPolicy, ...role.identityPolicies, role.boundary ?? { Statement: [] }])
      assertSupported(document);
    this.#registered.set(role.arn, role);
  }

  role(arn: string): AssumableRole | undefined {
    const registered = this.#registered.get(arn);
    if (registered) return { ...registered, maxSessionDuration: registered.maxSessionDuration ?? 3600 };
    const account = find(this.#cloud.state.accounts, accountOfArn(arn));
    const role = account && find(account.iam.roles, nameOfArn(arn));
    if (!account || !role || roleArn(account.account, role) !== arn) return undefined;
    return { arn, trustPolicy: parsePolicy(role.trustPolicy), maxSessionDuration: role.maxSessionDuration };
  }

  /** Makes temporary credentials without asking a trust policy: the platform's own way (Lambda, EC2), and STS's. */
  issueSession(request: SessionRequest): SessionState {
    const now = this.#cloud.now();
    const lifetime = (request.durationSeconds ?? 3600) * 1000;
    const session: SessionState = {
      accessKeyId: iamId(this.#cloud, 'ASIA'),
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(96).toString('base64'),
      roleArn: request.roleArn,
      sessionName: request.sessionName,
      ...(request.sourceIdentity === undefined ? {} : { sourceIdentity: request.sourceIdentity }),
      sessionPolicies: request.sessionPolicies ?? [],
      issuedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + lifetime).toISOString(),
    };
    this.#forgetExpired(now);
    this.#cloud.state.sessions[session.accessKeyId] = session;
    return session;
  }

  /**
   * The principal behind credentials; undefined if nobody issued them, the key is inactive, or the session ended
   * or its token differs. The secret is not checked, since signatures are not verified.
   */
  resolve(accessKeyId: string, sessionToken: string | undefined): Caller | undefined {
    const session = this.session(accessKeyId);
    if (!session) return sessionToken === undefined ? this.#userOf(accessKeyId) : undefined;
    const expired = Date.parse(session.expiresAt) <= this.#cloud.now().getTime();
    return expired || session.sessionToken !== sessionToken ? undefined : callerOf(session);
  }

  session(accessKeyId: string): SessionState | undefined {
    return find(this.#cloud.state.sessions, accessKeyId);
  }

  /** The policies as they stand now. */
  policiesOf(caller: Caller): PolicySet {
    const account = this.#cloud.account(caller.account);
    const scps = bindingPolicies(account.account, account.organization);
    if (caller.roleArn === undefined) return { ...userPolicies(account, nameOfArn(caller.arn)), scps };
    const sessionPolicies = this.session(caller.accessKeyId)?.sessionPolicies.map(parsePolicy);
    const registered = this.#registered.get(caller.roleArn);
    return { ...(registered ?? rolePolicies(account, nameOfArn(caller.roleArn))), sessionPolicies, scps };
  }

  /** The state is written to disk: sessions that ended would only make it grow. */
  #forgetExpired(now: Date): void {
    const { sessions } = this.#cloud.state;
    for (const { accessKeyId, expiresAt } of Object.values(sessions))
      if (Date.parse(expiresAt) <= now.getTime()) delete sessions[accessKeyId];
  }

  #userOf(accessKeyId: string): Caller | undefined {
    for (const account of Object.values(this.#cloud.state.accounts)) {
      const user = userWithKey(account, accessKeyId);
      if (user) return { arn: userArn(account.account, user), account: account.account, accessKeyId };
    }
    return undefined;
  }
}

function userWithKey(account: AccountState, accessKeyId: string) {
  return Object.values(account.iam.users).find((user) =>
    user.accessKeys.some((key) => key.accessKeyId === accessKeyId && key.status === 'Active'),
  );
}

function callerOf(session: SessionState): Caller {
  return {
    arn: sessionArn(session.roleArn, session.sessionName),
    account: accountOfArn(session.roleArn),
    accessKeyId: session.accessKeyId,
    sessionName: session.sessionName,
    roleArn: session.roleArn,
    ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }),
  };
}
