import { own } from '../../wire/members.ts';
import {
  type Awaitable,
  AwsError,
  type Operation,
  type Reply,
  type Requirement,
} from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { scoped } from '../scoped.ts';
import type { Ec2State } from './state.ts';

/** Where a call acts: the caller's account, in the region that the client signed for. */
export interface Scope {
  readonly cloud: Cloud;
  readonly account: string;
  readonly region: string;
  readonly ec2: Ec2State;
}

/** A read: the action has the operation's name and no resource. */
export function reading<In extends object, Out extends object>(
  cloud: Cloud,
  name: string,
  handle: (input: In, scope: Scope) => Awaitable<Reply<Out>>,
): Operation {
  return changing<In, Out>(cloud, () => [{ action: `ec2:${name}`, resource: '*' }], handle);
}

/** A change. A dry run ends after authorisation, as an error that means success. */
export function changing<In extends object, Out extends object>(
  cloud: Cloud,
  requires: (input: In, scope: Scope) => readonly Requirement[],
  handle: (input: In, scope: Scope) => Awaitable<Reply<Out>>,
): Operation {
  return inScope<In, Out>(cloud, requires, (input, scope) => {
    const message = 'Request would have succeeded, but DryRun flag is set.';
    if (own(input, 'DryRun') === true) throw new AwsError('DryRunOperation', message, 412);
    return handle(input, scope);
  });
}

const inScope = scoped<Scope>((cloud, { account }, { region }) => ({
  cloud,
  account,
  region,
  ec2: cloud.region(account, region).ec2,
}));
