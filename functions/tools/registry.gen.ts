// Written by scripts/generate.ts from the files beside it. Do not edit.
import type { Tool } from '../core/account.ts';
import { accessKeyLastUsed } from './access-key-last-used.ts';
import { describeBucket } from './describe-bucket/tool.ts';
import { describeCluster } from './describe-cluster/tool.ts';
import { describeDatabase } from './describe-database/tool.ts';
import { describeFunction } from './describe-function/tool.ts';
import { describeInstance } from './describe-instance/tool.ts';
import { describeService } from './describe-service/tool.ts';
import { entityHistory } from './entity-history.ts';
import { instanceContainment } from './instance-containment.ts';
import { principalActivity } from './principal-activity.ts';
import { principalFootholds } from './principal-footholds/tool.ts';
import { rolePermissions } from './role-permissions/tool.ts';
import { securityGroupExposure } from './security-group-exposure.ts';
import { threatIntelligence } from './threat-intelligence/tool.ts';

/** Every tool that is built in, by id. */
export const tools: readonly Tool[] = [
  accessKeyLastUsed,
  describeBucket,
  describeCluster,
  describeDatabase,
  describeFunction,
  describeInstance,
  describeService,
  entityHistory,
  instanceContainment,
  principalActivity,
  principalFootholds,
  rolePermissions,
  securityGroupExposure,
  threatIntelligence,
];
