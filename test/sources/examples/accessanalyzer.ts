import { externalAccess, internalAccess, unusedAccess } from '../other-services.ts';

export const examples = [externalAccess(), internalAccess(), unusedAccess()];
