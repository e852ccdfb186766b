import type { Execution } from '../../core/account.ts';
import { denyAll, type OwnPolicy, ownPolicyName } from '../../core/own-policy.ts';
import type { PlannedAction } from '../../core/plan.ts';
import { beforeOf } from './operations.ts';
import { Parameters, vpcsOf } from './parameters.ts';

export function policyOf(planned: PlannedAction, execution: Execution): OwnPolicy {
  const { kind, name } = beforeOf(planned);
  return {
    holder: `${kind} ${name}`,
    name: ownPolicyName('SallyportKnownNetworks', execution),
    document: documentOf(Parameters.parse(planned.params)),
  };
}

/**
 * All conditions must hold for the deny: the address is none of the networks, no AWS service makes the call with the
 * caller's power, and it does not come from one of the VPCs
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html). A key that a request
 * lacks fulfils a negated condition: over somebody else's endpoint there is no aws:SourceIp, and the deny holds
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpc).
 */
function documentOf(params: Parameters): string {
  const vpcs = vpcsOf(params);
  return denyAll({
    NotIpAddress: { 'aws:SourceIp': params.networks.split(',') },
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
    ...(vpcs.length > 0 ? { StringNotEquals: { 'aws:SourceVpc': vpcs } } : {}),
  });
}
