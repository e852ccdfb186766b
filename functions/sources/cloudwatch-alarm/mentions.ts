import type { EntityKind } from '../../core/entity.ts';
import type { Mention } from '../../core/mention.ts';
import { type AlarmDocument, metricsOf } from './document.ts';

/** Dimensions of AWS's own metrics that name one thing, and what it is. */
const dimensions: Readonly<Record<string, EntityKind>> = {
  InstanceId: 'instance',
  FunctionName: 'function',
  BucketName: 'bucket',
  DBInstanceIdentifier: 'database',
  DBClusterIdentifier: 'database',
  TableName: 'database',
  ClusterIdentifier: 'database',
  ClusterName: 'cluster',
  VolumeId: 'volume',
  KeyId: 'key',
};

/** What the alarm's metrics are of, as whoever wrote the alarm says. */
export function mentionsOf(document: AlarmDocument): Mention[] {
  return metricsOf(document).flatMap((metric) =>
    Object.entries(metric.dimensions ?? {}).flatMap(([name, id]): Mention[] => {
      const kind = dimensions[name];
      return kind && id ? [{ kind, id, part: 'target', trust: 'claimed' }] : [];
    }),
  );
}
