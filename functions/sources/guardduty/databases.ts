import { type Document, textAt } from '../../core/document.ts';
import type { Entity } from '../../core/entity.ts';
import { type Mention, mentionOfArn } from '../../core/mention.ts';

/** An instance of RDS or Aurora. */
export function mentionsOfDatabase(database: Document, part: Entity['part']): Mention[] {
  const arn = textAt(database, 'dbInstanceArn');
  const id = textAt(database, 'dbInstanceIdentifier');
  const named = arn ? mentionOfArn(arn, part, 'asserted') : undefined;
  if (id) return [{ kind: 'database', id, arn, part, trust: 'asserted' }];
  return named ? [named] : [];
}

/** A shard group of Aurora Limitless, and the cluster that it is part of. */
export function mentionsOfLimitlessDatabase(group: Document, part: Entity['part']): Mention[] {
  const id = textAt(group, 'dbShardGroupIdentifier');
  const cluster = textAt(group, 'dbClusterIdentifier');
  const arn = textAt(group, 'dbShardGroupArn');
  return [
    ...(id ? [{ kind: 'database', id, arn, part, trust: 'asserted' } satisfies Mention] : []),
    ...(cluster
      ? [{ kind: 'database', id: cluster, part: 'related', trust: 'asserted' } satisfies Mention]
      : []),
  ];
}

/** Whoever tries to log in writes this name. */
export function mentionsOfDatabaseUser(user: Document): Mention[] {
  const id = textAt(user, 'user');
  return id ? [{ kind: 'other', id: `database-user:${id}`, part: 'actor', trust: 'claimed' }] : [];
}
