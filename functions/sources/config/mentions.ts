import type { Trust } from '../../core/entity.ts';
import { type Mention, mentionOfArn } from '../../core/mention.ts';
import { kindOfResourceType } from '../../core/resource-type.ts';
import type { ConfigDocument } from './document.ts';

/** Types that Config knows by an id which no call takes for a name: `AROA…` for a role, `db-…` for a database. */
const byUniqueId: ReadonlySet<string> = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
]);

/** The resource that a rule judged. Where only its unique id is known it is good for people, not for a change. */
export function mentionOfResource(document: ConfigDocument, trust: Trust): Mention {
  const { resourceType, resourceId, resourceArn } = document;
  const named = mentionOfArn(resourceArn ?? '', 'target', trust) ?? mentionOfArn(resourceId, 'target', trust);
  if (named) return named;
  const kind = kindOfResourceType(resourceType);
  return {
    kind,
    id: kind === 'snapshot' && resourceType.startsWith('AWS::RDS::') ? snapshotId(document) : resourceId,
    part: 'target',
    trust: byUniqueId.has(resourceType) ? 'claimed' : trust,
  };
}

/** As its ARN names it: disks have snapshots too. */
function snapshotId({ resourceType, resourceId }: ConfigDocument): string {
  return `${resourceType === 'AWS::RDS::DBClusterSnapshot' ? 'cluster-snapshot' : 'snapshot'}:${resourceId}`;
}
