import { analysisHandler } from './analysis.ts';

export const handler = analysisHandler('triage');
