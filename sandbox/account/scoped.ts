import {
  type Awaitable,
  type Call,
  type Caller,
  type Operation,
  operation,
  type Reply,
  type Requirement,
} from '../wire/service.ts';
import type { Cloud } from './cloud.ts';

/** Makes a service's operations, which all want the same of a call made ready: where it acts, and that place's state. */
export function scoped<Scope>(scopeOf: (cloud: Cloud, caller: Caller, call: Call) => Scope) {
  return <In extends object, Out extends object>(
    cloud: Cloud,
    requires: (input: In, scope: Scope) => readonly Requirement[],
    handle: (input: In, scope: Scope) => Awaitable<Reply<Out>>,
  ): Operation =>
    operation<In, Out>({
      requires: (input, caller, call) => requires(input, scopeOf(cloud, caller, call)),
      handle: (input, caller, call) => handle(input, scopeOf(cloud, caller, call)),
    });
}
