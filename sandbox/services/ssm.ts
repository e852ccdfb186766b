import * as z from 'zod';
import type { Cloud } from '../account/cloud.ts';
import { ssmState } from '../account/ssm/state.ts';
import type { Stack } from '../template/stack.ts';

const DocumentProperties = z.looseObject({ Content: z.record(z.string(), z.unknown()) });

/** Puts the template's documents into the account that it is deployed into, in place of those of before. */
export function deployDocuments(cloud: Cloud, stack: Stack): void {
  const { account, region } = stack.place;
  const { documents } = ssmState(cloud, account, region);
  for (const { name, properties } of stack.ofType('AWS::SSM::Document', DocumentProperties))
    documents[name] = { name, content: JSON.stringify(properties.Content) };
}
