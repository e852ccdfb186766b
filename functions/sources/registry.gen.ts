// Written by scripts/generate-sources.ts from functions/sources. Do not edit.
import type { Source } from '../core/source.ts';
import { guardduty } from './guardduty.ts';
import { securityhub } from './securityhub.ts';

/** Every finding source that is built in, by file name. */
export const sources: readonly Source[] = [guardduty, securityhub];
