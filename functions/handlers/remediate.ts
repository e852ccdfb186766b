import { remediationHandler } from './remediation.ts';

export const handler = remediationHandler('resource');
