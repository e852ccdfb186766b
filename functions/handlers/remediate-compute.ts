import { computeActions } from '../actions/families.gen.ts';
import { computeServices } from '../adapters/member-services.gen.ts';
import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler(computeActions, computeServices);
