import { at, leaves } from '../../core/document.ts';
import { type Mention, mentionOfArn } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { GuardDutyDocument } from './document.ts';

/**
 * `affectedResources` are a call's parameters: whoever made the call wrote them. A trail is the exception where GuardDuty
 * says that it was disabled, which it says of calls that succeeded: CloudTrail has a trail of that name.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html#stealth-iam-cloudtrailloggingdisabled
 */
export function mentionsOfAffected({
  type,
  service,
}: Pick<GuardDutyDocument, 'type' | 'service'>): Mention[] {
  const disabled = type === 'Stealth:IAMUser/CloudTrailLoggingDisabled';
  return leaves(at(service, 'action'))
    .filter(
      ({ path, value }) => path.includes('affectedResources') && typeof value === 'string' && value !== '',
    )
    .map(({ path, value }): Mention => {
      const affected = path.at(path.indexOf('affectedResources') + 1) ?? '';
      const trust = disabled && affected === 'AWS::CloudTrail::Trail' ? 'asserted' : 'claimed';
      const named = mentionOfArn(String(value), 'related', trust);
      return named ?? { kind: kindOfResourceType(affected), id: String(value), part: 'related', trust };
    })
    .toArray();
}

/** Types that speak of a setting of the whole account, in the finding's region, which no resource stands for. */
const ofAccount: ReadonlySet<string> = new Set([
  'DefenseEvasion:IAMUser/BedrockLoggingDisabled',
  'Policy:S3/AccountBlockPublicAccessDisabled',
]);

/** The account, where its own setting is what was changed. */
export function mentionsOfAccount({ type, accountId }: GuardDutyDocument): Mention[] {
  return ofAccount.has(type) ? [{ kind: 'account', id: accountId, part: 'related', trust: 'asserted' }] : [];
}
