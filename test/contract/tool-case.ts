import type { HandledEntity } from '../../functions/core/entity.ts';
import { ACCOUNT, REGION } from './action-case.ts';

/** One question that a tool must be able to answer. */
export interface ToolCase {
  readonly tool: string;
  readonly target: HandledEntity;
  readonly answer: object;
  /** The same kind of thing that does not exist; absent for tools that answer for anything. */
  readonly missing?: HandledEntity;
}

export function entity(kind: HandledEntity['kind'], id: string, arn?: string): HandledEntity {
  const named = arn === undefined ? {} : { arn };
  return {
    handle: 'e1',
    kind,
    id,
    ...named,
    account: ACCOUNT,
    region: REGION,
    part: 'target',
    trust: 'asserted',
  };
}
