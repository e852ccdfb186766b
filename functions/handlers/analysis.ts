import type { Context } from 'aws-lambda';
import { offers } from '../actions/offers.gen.ts';
import { bedrockModel } from '../adapters/bedrock.ts';
import { s3Intelligence } from '../adapters/intelligence.ts';
import { toolServices } from '../adapters/member-services.gen.ts';
import { projection } from '../adapters/projection.ts';
import { budgets } from '../analyst/budget.ts';
import { runStage, type StageParts } from '../analyst/loop.ts';
import { playbookFor } from '../analyst/playbook.ts';
import { rulesAnalyst } from '../analyst/rules.ts';
import { toolCaller } from '../analyst/tools.ts';
import type { Stage } from '../core/entry.ts';
import { OwnEnvironment } from '../core/own-environment.ts';
import type { Model } from '../core/ports.ts';
import { playbooks, prompts } from '../generated/policies.gen.ts';
import { type Step, StepInput, step } from '../response/step.ts';
import { tools } from '../tools/registry.gen.ts';
import { coveredAccount } from './covered-account.ts';
import { environment } from './environment.ts';
import { measuredHandler } from './measured-handler.ts';
import { policyData } from './policy-data.ts';
import { clock, openCoordination, openLedger } from './ports.ts';

const modelVariables = { triage: 'TRIAGE_MODEL', investigate: 'INVESTIGATE_MODEL' } as const;

/** A function has this long to return once its turn is over. */
const MARGIN_MS = 5_000;

/** Triage and investigation are the same loop with another budget, model and set of playbook questions. */
export function analysisHandler(stage: Stage): (event: unknown, context?: Context) => Promise<Step> {
  const { FORENSICS_ACCOUNT, INTELLIGENCE_BUCKET } = environment('FORENSICS_ACCOUNT', 'INTELLIGENCE_BUCKET');
  const ownEnvironment = policyData('environment.json', OwnEnvironment);
  const parts: Omit<StageParts, 'incident' | 'deadline'> = {
    stage,
    ledger: openLedger(),
    models: models(stage),
    tools: toolCaller({
      tools,
      accountOf: coveredAccount(toolServices),
      history: projection(openCoordination()),
      intelligence: s3Intelligence(INTELLIGENCE_BUCKET, clock),
      clock,
    }),
    prompts,
    offers,
    environment: { ...ownEnvironment, forensicsAccount: FORENSICS_ACCOUNT ?? null },
    playbookFor: (incident) => playbookFor(incident, playbooks),
    budget: budgets[stage],
    clock,
  };
  return measuredHandler(async (event: unknown, context?: Context) => {
    const { incidentId } = StepInput.parse(event);
    const left = context?.getRemainingTimeInMillis();
    const deadline = left === undefined ? {} : { deadline: new Date(clock().getTime() + left - MARGIN_MS) };
    const { next } = await runStage({ ...parts, ...deadline, incident: incidentId });
    return step(next === 'continue' ? stage : next);
  });
}

/** A model that is down or too dear never blocks: the rules answer last (design, section 3). */
function models(stage: Stage): readonly Model[] {
  const rules = rulesAnalyst(playbooks, clock);
  const variable = modelVariables[stage];
  const { ANALYST, ...ids } = environment('ANALYST', variable);
  return ANALYST === 'bedrock' ? [bedrockModel({ modelId: ids[variable] }), rules] : [rules];
}
