import { networkActions } from '../actions/families.gen.ts';
import { networkServices } from '../adapters/member-services.gen.ts';
import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler(networkActions, networkServices);
