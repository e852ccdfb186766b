import { policyActions } from '../actions/families.gen.ts';
import { policyServices } from '../adapters/member-services.gen.ts';
import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler(policyActions, policyServices);
