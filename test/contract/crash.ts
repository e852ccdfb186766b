import type { Account, AwsCommandClass, OutputOf } from '../../functions/core/account.ts';

type AnyAccount = Account<readonly AwsCommandClass[]>;

export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * The account as a process sees it that dies right after its nth call was carried out, before the answer arrives; at
 * 0, before its first. Dying before the next call leaves the same world behind. A dead process makes no further call,
 * whatever its catch blocks intend.
 */
export function crashingAfter(account: AnyAccount, call: number): AnyAccount {
  let made = 0;
  return {
    ...account,
    async send<Command extends object>(command: Command, region?: string): Promise<OutputOf<Command>> {
      made += 1;
      if (made > call) throw new Crash();
      const output = await account.send(command as never, region);
      if (made === call) throw new Crash();
      return output as OutputOf<Command>;
    },
  };
}
