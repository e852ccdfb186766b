import { identityActions } from '../actions/families.gen.ts';
import { identityServices } from '../adapters/member-services.gen.ts';
import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler(identityActions, identityServices);
