import type * as rds from '@aws-sdk/client-rds';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { find } from '../find.ts';
import { lowerCased, onNamed, type Scope, tagList } from './scope.ts';
import type { DbSnapshotState } from './state.ts';

type Describe = rds.DescribeDBSnapshotsCommandInput;
type DescribeAttributes = rds.DescribeDBSnapshotAttributesCommandInput;
type ModifyAttribute = rds.ModifyDBSnapshotAttributeCommandInput;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
const mostAccounts = 20;

export function dbSnapshotOperations(cloud: Cloud): Record<string, Operation> {
  const nameOf = ({ DBSnapshotIdentifier }: Describe | DescribeAttributes) => DBSnapshotIdentifier;
  return {
    DescribeDBSnapshots: onNamed<Describe, object>(
      cloud,
      'DescribeDBSnapshots',
      'snapshot',
      nameOf,
      describe,
    ),
    DescribeDBSnapshotAttributes: onNamed<DescribeAttributes, object>(
      cloud,
      'DescribeDBSnapshotAttributes',
      'snapshot',
      nameOf,
      (input, scope) => attributes(snapshotOf(input.DBSnapshotIdentifier, scope)),
    ),
    ModifyDBSnapshotAttribute: onNamed<ModifyAttribute, object>(
      cloud,
      'ModifyDBSnapshotAttribute',
      'snapshot',
      nameOf,
      modify,
    ),
  };
}

/** One by its name, or those of an instance and of a type; what others share is not asked for here. */
function describe(input: Describe, scope: Scope): object {
  const { DBSnapshotIdentifier: name, DBInstanceIdentifier: instance, SnapshotType: type } = input;
  const all = Object.values(scope.rds.snapshots)
    .filter((one) => instance === undefined || one.dbInstanceIdentifier === lowerCased(instance))
    .filter((one) => type === undefined || one.snapshotType === type);
  const picked = name === undefined ? all : [snapshotOf(name, scope)];
  return { DBSnapshots: picked.map((one) => shown(one, scope)) };
}

function snapshotOf(name: string | undefined, { rds }: Scope): DbSnapshotState {
  const snapshot = find(rds.snapshots, lowerCased(name));
  if (!snapshot) throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${name} not found.`);
  return snapshot;
}

function shown(snapshot: DbSnapshotState, { arnOf }: Scope): rds.DBSnapshot {
  return {
    DBSnapshotIdentifier: snapshot.dbSnapshotIdentifier,
    DBSnapshotArn: arnOf('snapshot', snapshot.dbSnapshotIdentifier),
    DBInstanceIdentifier: snapshot.dbInstanceIdentifier,
    SnapshotType: snapshot.snapshotType,
    Status: snapshot.status,
    Encrypted: snapshot.encrypted,
    TagList: tagList(snapshot.tags),
  };
}

function attributes({ dbSnapshotIdentifier, restore }: DbSnapshotState): object {
  return {
    DBSnapshotAttributesResult: {
      DBSnapshotIdentifier: dbSnapshotIdentifier,
      DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [...restore] }],
    },
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html */
function modify(input: ModifyAttribute, scope: Scope): object {
  const snapshot = snapshotOf(input.DBSnapshotIdentifier, scope);
  const { AttributeName: attribute, ValuesToAdd: added = [], ValuesToRemove: removed = [] } = input;
  check(snapshot, attribute, added);
  const left = snapshot.restore.filter((value) => !removed.includes(value));
  const restore = [...new Set([...left, ...added])].sort();
  if (restore.filter((value) => value !== 'all').length > mostAccounts)
    throw new AwsError(
      'SharedSnapshotQuotaExceededFault',
      `You can share a snapshot with up to ${mostAccounts} accounts`,
    );
  snapshot.restore = restore;
  return attributes(snapshot);
}

function check(snapshot: DbSnapshotState, attribute: string | undefined, added: readonly string[]): void {
  if (attribute !== 'restore' || !added.every((value) => /^(\d{12}|all)$/.test(value)))
    throw new AwsError('InvalidParameterValue', 'The attribute or one of its values is not valid');
  if (snapshot.snapshotType !== 'manual' || snapshot.status !== 'available')
    throw new AwsError('InvalidDBSnapshotStateFault', 'Only an available manual snapshot can be shared');
  if (snapshot.encrypted && added.includes('all'))
    throw new AwsError('InvalidParameterValue', 'Encrypted snapshots cannot be shared as public');
}
