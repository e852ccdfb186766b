import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createAccountSide } from './account/account.ts';
import type { Cloud as Accounts } from './account/cloud.ts';
import { openAccounts } from './accounts.ts';
import { Activity } from './activity.ts';
import { Calls, type Faults, type LoggedCall } from './calls.ts';
import { Cleanup } from './cleanup.ts';
import { createControlPlane } from './control-plane.ts';
import type { Emit } from './events.ts';
import { readFunctions } from './functions/definition.ts';
import type { Addresses } from './functions/environment.ts';
import { createProcesses } from './functions/start.ts';
import type { Home } from './home.ts';
import { Identities } from './identities.ts';
import type { ArmedKill, KillPoint } from './kill.ts';
import type { ChatMessage, Mail } from './people/inbox.ts';
import { openServers, type Ports } from './servers.ts';
import { refusalFor } from './service-caller.ts';
import { deployDomainLists } from './services/route53resolver.ts';
import { deployDocuments } from './services/ssm.ts';
import { type CloudCredentials, lock, type Origin, unlock, writeCloudFile } from './state-folder.ts';
import { Stack } from './template/stack.ts';

export interface CloudOptions {
  /** Everything that outlives the process lies here; the caller empties it for a fresh start. */
  readonly stateDirectory: string;
  /** `cdk.out`: the template and the functions' bundles. */
  readonly assembly: string;
  readonly stackName?: string;
  readonly ports?: Ports;
  /**
   * Directory with `account.json` and `activity.json`; the stack is deployed into that account and region, and its
   * spoke into each account below `members`.
   */
  readonly accountSeed?: string;
  readonly onEvent?: Emit;
  readonly faults?: Faults;
  /** States before which every execution stops for good: a dry run. */
  readonly haltBefore?: readonly string[];
  readonly now?: () => Date;
  /** Milliseconds before what failed is tried again; 1000 when absent. */
  readonly retryDelay?: number;
  /** Further variables of every function: a model's endpoint, say. */
  readonly functionVariables?: Readonly<Record<string, string>>;
}

/** A running laptop cloud. */
export interface LaptopCloud extends Addresses {
  readonly account: string;
  readonly region: string;
  /** The account under attack, and every other: for tests and for reading back. */
  readonly accounts: Accounts;
  /** The door for service events: what AWS's own services put on the bus. Answers the rules that matched. */
  deliver(envelope: unknown): readonly string[];
  /** Credentials of `operator`, `auditor` or a role of the template, by name. */
  credentialsFor(role: string): CloudCredentials;
  /** Signs the demo approver in; answers the `Cookie` header to send to the console. */
  signIn(): string;
  mails(): readonly Mail[];
  messages(): readonly ChatMessage[];
  callLog(): readonly LoggedCall[];
  /** Kills a function's process once, at one of the calls that it makes from now on. */
  arm(point: KillPoint): ArmedKill;
  /** Resolves when nothing moves but tasks that wait for a person or a time. */
  idle(): Promise<void>;
  /** Ends every process, server and timer. What had not ended goes on at the next start. */
  stop(): Promise<void>;
}

/**
 * Starts the laptop cloud on a synthesized template (design, section 9). Throws TemplateError, SeedError,
 * SeedMismatchError, CloudRunningError or PortInUseError; then nothing is left running.
 */
export async function startCloud(options: CloudOptions): Promise<LaptopCloud> {
  const stateDirectory = resolve(options.stateDirectory);
  lock(stateDirectory);
  const cleanup = new Cleanup();
  cleanup.add(() => unlock(stateDirectory));
  try {
    return await assemble({ ...options, stateDirectory }, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function assemble(options: CloudOptions, cleanup: Cleanup): Promise<LaptopCloud> {
  const { stateDirectory, assembly, accountSeed, stackName = 'Sallyport' } = options;
  const { accounts, store, origin } = openAccounts(
    stateDirectory,
    accountSeed,
    options.now ?? (() => new Date()),
  );
  cleanup.add(() => store.save());
  const stack = Stack.read(join(assembly, `${stackName}.template.json`), { stackName, ...origin });
  const stopping = new AbortController();
  deployDocuments(accounts, stack);
  deployDomainLists(accounts, stack);
  const home = createHome(options, stack, stopping.signal);
  const side = createAccountSide(accounts);
  const identities = new Identities(side, stack, readSpokes(assembly, origin));
  const calls = new Calls(home, join(stateDirectory, 'calls.jsonl'), options.faults ?? {});
  const processes = createProcesses({
    home,
    identities,
    calls,
    // An account that nobody seeded is empty, and stands for whichever a finding names.
    variables: { ...(origin.seed ? {} : { OWN_ACCOUNT: '*' }), ...options.functionVariables },
    cleanup,
  });
  const plane = await createControlPlane({
    home,
    definitions: readFunctions(stack, assembly),
    startProcess: processes.start,
    refusal: (roleArn, functionArn) =>
      refusalFor(side.authorize, stack.place, roleArn, 'lambda:InvokeFunction', functionArn),
    haltBefore: new Set(options.haltBefore),
    cleanup,
  });
  const servers = await openServers({ home, ports: options.ports ?? {}, side, store, calls, plane, cleanup });
  processes.announce(servers.addresses);
  // Last in, first out: from then on nothing that fails is taken for a failure.
  cleanup.add(() => stopping.abort());
  plane.start();
  const { account, region } = origin;
  writeCloudFile(stateDirectory, {
    pid: process.pid,
    ...servers.addresses,
    account,
    region,
    ...(origin.seed === undefined ? {} : { seed: origin.seed }),
    outputs: stack.outputs(),
    operator: identities.credentialsFor('operator'),
    auditor: identities.credentialsFor('auditor'),
    doorKey: servers.doorKey,
  });
  return {
    ...servers.addresses,
    account,
    region,
    accounts,
    deliver: servers.deliver,
    credentialsFor: (role) => identities.credentialsFor(role),
    signIn: servers.signIn,
    mails: () => plane.inbox.mails(),
    messages: () => plane.inbox.messages(),
    callLog: () => calls.read(),
    arm: (point) => calls.arm(point),
    idle: () => home.activity.idle(),
    stop: () => cleanup.run(),
  };
}

/** The members' stack in each of the seed's other accounts, if the assembly has one. */
function readSpokes(assembly: string, { members = [], region }: Origin): Stack[] {
  const file = join(assembly, 'SallyportSpoke.template.json');
  if (!existsSync(file)) return [];
  return members.map((account) => Stack.read(file, { stackName: 'SallyportSpoke', account, region }));
}

function createHome(options: CloudOptions, stack: Stack, stopped: AbortSignal): Home {
  return {
    stack,
    stateDirectory: options.stateDirectory,
    activity: new Activity(),
    now: options.now ?? (() => new Date()),
    emit: options.onEvent ?? (() => undefined),
    retryDelay: options.retryDelay ?? 1000,
    stopped,
  };
}
