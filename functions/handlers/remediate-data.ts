import { dataActions } from '../actions/families.gen.ts';
import { dataServices } from '../adapters/member-services.gen.ts';
import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler(dataActions, dataServices);
