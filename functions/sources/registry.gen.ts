// Written by scripts/generate-sources.ts from the folders beside it. Do not edit.
import type { Source } from '../core/source.ts';
import { guardduty } from './guardduty/source.ts';
import { sallyport } from './sallyport/source.ts';
import { securityhub } from './securityhub/source.ts';

/** Every finding source that is built in, by id. */
export const sources: readonly Source[] = [guardduty, sallyport, securityhub];
