import { openAccount } from '../../../functions/adapters/account.ts';
import type { AccountClients } from '../../../functions/adapters/account-clients.ts';
import type { Account, AwsCommandClass, OutputOf } from '../../../functions/core/account.ts';
import { operationOf } from '../../../functions/core/operation.ts';
import { accountSeed } from '../../../sandbox/account/seed/account-schema.ts';
import type { AccountState } from '../../../sandbox/account/state.ts';
import { ACCOUNT, FORENSICS, REGION } from '../../contract/action-case.ts';
import { clients } from './clients.ts';
import { type Elsewhere, missingOperations } from './differences.ts';
import { Renaming } from './renaming.ts';
import type { ImitatedAccount, ImitatedService, ServiceState } from './service.ts';
import { serviceOf } from './services.ts';

/** A case's account on moto, seeded and read through the API alone. */
export class MotoAccount implements ImitatedAccount {
  readonly #names = new Renaming();
  readonly #laptop: Elsewhere['laptop'];
  /** Those of the seed; what a case does not seed, it does not read either. */
  readonly #services: readonly (readonly [string, ImitatedService])[];
  /** What moto has without being asked: a default VPC with subnets and groups. */
  #own: Readonly<Record<string, ServiceState>> = {};

  private constructor(names: readonly string[], laptop: Elsewhere['laptop']) {
    this.#services = names.map((name) => [name, serviceOf(name)] as const);
    this.#laptop = laptop;
  }

  /**
   * Empties moto and makes the seed. `laptop` asks the laptop cloud what moto cannot answer (`differences.ts`).
   */
  static async start(endpoint: string, seed: object, laptop: Elsewhere['laptop']): Promise<MotoAccount> {
    process.env.AWS_ENDPOINT_URL = endpoint;
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    const account = new MotoAccount(Object.keys(seed), laptop);
    account.#own = await account.#readAll();
    const parsed = accountSeed.parse({ account: ACCOUNT, region: REGION, ...seed });
    for (const [, service] of account.#services) await service.seed(parsed, account);
    return account;
  }

  async send<Command extends object>(command: Command, region = REGION): Promise<OutputOf<Command>> {
    return (await this.#clients.send(operationOf(command), command, region)) as OutputOf<Command>;
  }

  name(ours: string, theirs: string | undefined): void {
    this.#names.name(ours, theirs);
  }

  /** What an action or its reader holds: production's account, with its checks. */
  open(declared: readonly AwsCommandClass[], mode: 'read' | 'write'): Account<readonly AwsCommandClass[]> {
    return openAccount({
      id: ACCOUNT,
      region: REGION,
      declared,
      mode,
      clients: this.#clients,
      forensicsAccount: FORENSICS,
    });
  }

  /** Everything but what moto had from the beginning, in the form of the sandbox's state. */
  async state(): Promise<AccountState> {
    const state = { account: ACCOUNT, regions: { [REGION]: {} }, events: [] };
    for (const [name, all] of Object.entries(await this.#readAll()))
      Object.assign(serviceOf(name).of === 'region' ? (state.regions[REGION] ?? {}) : state, {
        [name]: without(all, this.#own[name] ?? {}),
      });
    return state as unknown as AccountState;
  }

  /** Does what a person would do in the account, after a case's description of it. */
  async byHand(change: (account: AccountState) => void): Promise<void> {
    const before = await this.state();
    const after = structuredClone(before);
    change(after);
    for (const [, service] of this.#services) await service.byHand?.(before, after, this);
  }

  async #readAll(): Promise<Record<string, ServiceState>> {
    const all: Record<string, ServiceState> = {};
    for (const [name, service] of this.#services) all[name] = await service.read(this);
    return all;
  }

  readonly #clients: AccountClients = {
    send: async (operation, command, region) => {
      const missing = Object.hasOwn(missingOperations, operation) ? missingOperations[operation] : undefined;
      if (missing) return missing.answer(command, { send: this.send.bind(this), laptop: this.#laptop });
      const { constructor: Command, input } = command as Command;
      const output = await clients.send(operation, new Command(this.#names.toTheirs(input)), region);
      return this.#names.toOurs(output);
    },
  };
}

/** As every command of the SDK is built. */
interface Command {
  readonly constructor: new (input: object) => object;
  readonly input: object;
}

function without(all: ServiceState, own: ServiceState): ServiceState {
  const kinds = Object.entries(all).map(([kind, resources]) => {
    const others = Object.entries(resources).filter(([id]) => !Object.hasOwn(own[kind] ?? {}, id));
    return [kind, Object.fromEntries(others)];
  });
  return Object.fromEntries(kinds) as ServiceState;
}
