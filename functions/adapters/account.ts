import type { Account, AwsCommandClass, OutputOf } from '../core/account.ts';
import { OperationRefusedError } from '../core/errors.ts';
import { isKeptAsEvidence, operationOf, returnsSecrets } from '../core/operation.ts';
import { operations } from '../core/operations.gen.ts';
import type { AccountClients } from './account-clients.ts';

export { assumeAction } from './assume-action.ts';

/** Whose account it is and what may be done in it. */
export interface AccountOptions<Classes extends readonly AwsCommandClass[]> {
  readonly id: string;
  readonly region: string;
  /** The operations of the action or tool that will hold the account; nothing else is sent. */
  readonly declared: Classes;
  /**
   * `read` refuses every operation that AWS's service reference does not class as Read or List. `keep` is `read` for
   * evidence, and lets through what may hold secrets and is redacted before it is kept.
   */
  readonly mode: 'read' | 'write' | 'keep';
  readonly clients: AccountClients;
  readonly now?: Date;
  readonly forensicsAccount?: string | undefined;
  /** Sees each operation (`iam:ListAccessKeys`) before it is sent. */
  readonly onCall?: (operation: string) => void;
}

/** Opens an account for one action or tool. `send` throws OperationRefusedError before anything leaves the process. */
export function openAccount<const Classes extends readonly AwsCommandClass[]>(
  options: AccountOptions<Classes>,
): Account<Classes> {
  const { id, region, clients, now = new Date(), forensicsAccount, onCall } = options;
  return {
    id,
    region,
    now,
    forensicsAccount,
    async send<Command extends object>(command: Command, where = region): Promise<OutputOf<Command>> {
      const operation = permit(command, options);
      onCall?.(operation);
      return (await clients.send(operation, command, where)) as OutputOf<Command>;
    },
  };
}

/** The operation's name, or a refusal. */
function permit(
  command: object,
  { declared, mode }: Pick<AccountOptions<readonly AwsCommandClass[]>, 'declared' | 'mode'>,
): string {
  const operation = operationOf(command);
  if (!declared.some((one) => command.constructor === one))
    throw new OperationRefusedError(operation, 'it was not declared; add its command to `reads` or `writes`');
  if (returnsSecrets(operation) && !(mode === 'keep' && isKeptAsEvidence(operation)))
    throw new OperationRefusedError(
      operation,
      'it returns secrets or credentials, which no action or tool may see',
    );
  const facts = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (!facts)
    throw new OperationRefusedError(operation, 'its access level is unknown; run `node scripts/generate.ts`');
  if (mode !== 'write' && facts.access !== 'read')
    throw new OperationRefusedError(operation, 'it changes something, and this account is open for reading');
  return operation;
}
