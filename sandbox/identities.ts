import type { AccountSide } from './account/account.ts';
import type { RegisteredRole } from './account/principals.ts';
import type { SessionState } from './account/state.ts';
import { operatorRoles } from './operators.ts';
import type { CloudCredentials } from './state-folder.ts';
import { readRoles } from './template/roles.ts';
import type { Stack } from './template/stack.ts';

/** Twelve hours: longer than any process of a function lives, and than most demos. */
const sessionSeconds = 43_200;

/** The roles of the template and of the sandbox's people, registered with the account's IAM. */
export class Identities {
  readonly #side: AccountSide;
  readonly #roles: ReadonlyMap<string, RegisteredRole>;

  /** Members' roles can be taken, but have no credentials here. Throws TemplateError for a policy that cannot be judged. */
  constructor(side: AccountSide, stack: Stack, spokes: readonly Stack[]) {
    this.#side = side;
    this.#roles = new Map<string, RegisteredRole>([
      ...readRoles(stack).map((role) => [role.name, role] as const),
      ...Object.entries(operatorRoles(stack)),
    ]);
    for (const role of [...this.#roles.values(), ...spokes.flatMap(readRoles)])
      side.principals.register(role);
  }

  issue(roleArn: string, sessionName: string): SessionState {
    return this.#side.principals.issueSession({ roleArn, sessionName, durationSeconds: sessionSeconds });
  }

  /** Credentials of a role by its name. Throws if there is none of that name. */
  credentialsFor(name: string): CloudCredentials {
    const role = this.#roles.get(name);
    if (!role) throw new Error(`There is no role ${name}. Known: ${[...this.#roles.keys()].join(', ')}`);
    const { accessKeyId, secretAccessKey, sessionToken } = this.issue(role.arn, name);
    return { accessKeyId, secretAccessKey, sessionToken };
  }
}
