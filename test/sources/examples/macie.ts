import { openedBucket, sensitiveObject } from '../other-services.ts';

export const examples = [openedBucket(), sensitiveObject()];
