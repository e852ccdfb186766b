import { complianceChange } from '../other-services.ts';

export const examples = [complianceChange()];
