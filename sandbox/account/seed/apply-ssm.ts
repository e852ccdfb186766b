import type { Cloud } from '../cloud.ts';
import { ssmState } from '../ssm/state.ts';
import type { AccountSeed } from './account-schema.ts';

/** Adds the seeded documents and managed instances to the account's region. */
export function applySsm(cloud: Cloud, { account, region, ssm }: AccountSeed): void {
  const { documents, instances } = ssmState(cloud, account, region);
  for (const { name, content } of ssm.documents) documents[name] = { name, content: JSON.stringify(content) };
  for (const instance of ssm.instances) instances[instance.instanceId] = { ...instance };
}
