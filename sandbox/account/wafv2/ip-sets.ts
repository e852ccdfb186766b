import type * as wafv2 from '@aws-sdk/client-wafv2';
import { parseNetwork } from '../../../functions/core/network.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { wafArn } from '../arns.ts';
import type { Cloud } from '../cloud.ts';
import { findOne, inScope, isRegional, lockToken, pageOf, requireOne, type Scope } from './scope.ts';
import type { IpSetState } from './state.ts';

/** https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
const LARGEST = 10_000;

/** Lists of addresses that rules refer to: https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html */
export function ipSetOperations(cloud: Cloud): Record<string, Operation> {
  return {
    ListIPSets: inScope<wafv2.ListIPSetsCommandInput, wafv2.ListIPSetsCommandOutput>(
      cloud,
      () => [{ action: 'wafv2:ListIPSets', resource: '*' }],
      (input, scope) => {
        const sets = isRegional(input.Scope) ? Object.values(scope.waf.ipSets) : [];
        const { items, NextMarker } = pageOf(sets, input);
        return { IPSets: items.map((set) => summary(set, scope)), NextMarker };
      },
    ),
    GetIPSet: inScope<wafv2.GetIPSetCommandInput, wafv2.GetIPSetCommandOutput>(
      cloud,
      (input, scope) => [requireOne(scope, 'GetIPSet', 'ipset', input)],
      (input, scope) => {
        const set = findOne(scope.waf.ipSets, input);
        const { LockToken, ...named } = summary(set, scope);
        const IPSet = { ...named, IPAddressVersion: set.ipAddressVersion, Addresses: [...set.addresses] };
        return { IPSet: IPSet as wafv2.IPSet, LockToken };
      },
    ),
    UpdateIPSet: inScope<wafv2.UpdateIPSetCommandInput, wafv2.UpdateIPSetCommandOutput>(
      cloud,
      (input, scope) => [requireOne(scope, 'UpdateIPSet', 'ipset', input)],
      (input, scope) => ({ NextLockToken: replace(findOne(scope.waf.ipSets, input), input) }),
    ),
  };
}

function summary(set: IpSetState, { account, region }: Scope): wafv2.IPSetSummary {
  return {
    Name: set.name,
    Id: set.id,
    Description: set.description ?? '',
    ARN: wafArn(account, region, 'ipset', set),
    LockToken: lockToken(set),
  };
}

/** What a call does not say is gone afterwards: the description as much as any address. */
function replace(
  set: IpSetState,
  { Addresses: addresses = [], Description, LockToken }: wafv2.UpdateIPSetCommandInput,
): string {
  if (LockToken !== lockToken(set))
    throw new AwsError(
      'WAFOptimisticLockException',
      'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
    );
  const wrong = addresses.find((address) => !isRange(address, set));
  if (wrong !== undefined)
    throw new AwsError(
      'WAFInvalidParameterException',
      `Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: ${wrong}`,
    );
  if (addresses.length > LARGEST)
    throw new AwsError(
      'WAFLimitsExceededException',
      'AWS WAF couldn’t perform the operation because you exceeded your resource limit.',
    );
  set.addresses = [...addresses];
  set.description = Description;
  return lockToken(set);
}

/** Any range of the set's version but `/0`. */
function isRange(text: string, { ipAddressVersion }: IpSetState): boolean {
  const range = parseNetwork(text);
  return range !== undefined && range.bits > 0 && ipAddressVersion === `IPV${range.family}`;
}
