import { ACCOUNT, REGION } from '../action-case.ts';

export const CLUSTER = 'prod';
export const SERVICE = 'web';
export const TASK = `${CLUSTER}/0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a01`;
export const LONE_TASK = `${CLUSTER}/0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c01`;
export const ecsArnOf = (resource: string) => `arn:aws:ecs:${REGION}:${ACCOUNT}:${resource}`;

/** A cluster with the service that is acted on, an innocent one beside it, and a task of no service. */
export function clusters(service: object = {}, cluster: object = {}, loneTask: object = {}) {
  return {
    ecs: {
      clusters: [
        {
          clusterName: CLUSTER,
          services: [
            {
              serviceName: SERVICE,
              desiredCount: 2,
              targetGroups: [
                `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/web/0123456789abcdef`,
              ],
              tasks: [
                { taskId: '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a01' },
                { taskId: '0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a02' },
              ],
              ...service,
            },
            {
              serviceName: 'billing',
              deploymentId: 'ecs-svc/9999999999999999999',
              tasks: [{ taskId: '0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b01' }],
            },
          ],
          tasks: [{ taskId: '0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c01', ...loneTask }],
          ...cluster,
        },
        { clusterName: 'other', services: [{ serviceName: SERVICE }] },
      ],
    },
  };
}
