import { type Operation, operation } from '../../wire/service.ts';
import { rdsArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import type { RdsState } from './state.ts';

/** Where a call acts: the caller's account, in the region that the client signed for. */
export interface Scope {
  readonly rds: RdsState;
  readonly arnOf: (kind: 'db' | 'snapshot', name: string) => string;
}

/** An operation on one thing, by its name; RDS keeps names in lower case. Without a name it is on all of them. */
export function onNamed<In extends object, Out extends object>(
  cloud: Cloud,
  name: string,
  kind: 'db' | 'snapshot',
  nameOf: (input: In) => string | undefined,
  handle: (input: In, scope: Scope) => Out,
): Operation {
  return operation<In, Out>({
    requires: (input, { account }, { region }) => [
      { action: `rds:${name}`, resource: rdsArn(account, region, kind, lowerCased(nameOf(input)) ?? '*') },
    ],
    handle: (input, { account }, { region }) =>
      handle(input, {
        rds: cloud.region(account, region).rds,
        arnOf: (of, called) => rdsArn(account, region, of, called),
      }) as never,
  });
}

export function lowerCased(name: string | undefined): string | undefined {
  return name?.toLowerCase();
}

export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
