// Written by scripts/generate-sources.ts from the folders beside it. Do not edit.
import type { Source } from '../core/source.ts';
import { accessanalyzer } from './accessanalyzer/source.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm/source.ts';
import { config } from './config/source.ts';
import { guardduty } from './guardduty/source.ts';
import { inspector2 } from './inspector2/source.ts';
import { macie } from './macie/source.ts';
import { sallyport } from './sallyport/source.ts';
import { securityhub } from './securityhub/source.ts';
import { securityhubV2 } from './securityhub-v2/source.ts';
import { webhook } from './webhook/source.ts';

/** Every finding source that is built in, by id. */
export const sources: readonly Source[] = [accessanalyzer, cloudwatchAlarm, config, guardduty, inspector2, macie, sallyport, securityhub, securityhubV2, webhook];
