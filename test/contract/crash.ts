import type { Account, AwsCommandClass, OutputOf } from '../../functions/core/account.ts';

type AnyAccount = Account<readonly AwsCommandClass[]>;

export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * The account as a process sees it that dies at its nth call: before the call leaves, or after it was carried out
 * but before the answer arrives. A dead process makes no further call, whatever its catch blocks intend.
 */
export function crashingAt(account: AnyAccount, call: number, when: 'before' | 'after'): AnyAccount {
  let made = 0;
  return {
    ...account,
    async send<Command extends object>(command: Command, region?: string): Promise<OutputOf<Command>> {
      made += 1;
      if (made > call || (made === call && when === 'before')) throw new Crash();
      const output = await account.send(command as never, region);
      if (made === call) throw new Crash();
      return output as OutputOf<Command>;
    },
  };
}
