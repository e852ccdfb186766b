import * as eks from '@aws-sdk/client-eks';
import type { Service } from '../wire/service.ts';
import type { Cloud } from './cloud.ts';
import { accessOperations } from './eks/access.ts';

/** EKS: who has access to clusters. What is in a cluster belongs to the API of Kubernetes, which is not here. */
export function eksService(cloud: Cloud): Service {
  return {
    signingName: 'eks',
    protocol: 'restJson1',
    schemas: eks,
    operations: accessOperations(cloud),
  };
}
