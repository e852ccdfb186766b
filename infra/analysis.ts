import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { evidenceGoesTo } from './evidence-store.ts';
import { readCompiled } from './feed-store.ts';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { coveredAccounts, takeInMembers } from './members.ts';
import { READER_ROLE, stateMachineArn } from './names.ts';
import { planReads, toolReads, toStatements, watchReads } from './permissions.ts';

const FACTS = ['INC-*#fact'];
/** The incident list and the history of an entity. */
const PROJECTION = ['incident', 'entity#*'];

const PROFILES = 'arn:{partition}:bedrock:{region}:{account}:inference-profile';
const GEOGRAPHY = /^(us|us-gov|eu|apac|jp|au|ca|global)\./;

/** What reads and reasons: none of it can change the account, decide, or record an effect. */
export class Analysis extends Construct {
  readonly triage: SallyportFunction;
  readonly investigate: SallyportFunction;
  readonly plan: SallyportFunction;
  readonly watchHealth: SallyportFunction;
  /** The models' own ARNs, each in every region of its geography. */
  readonly modelWildcards: readonly string[];

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const { config, owners } = foundation;
    const policyData = { 'environment.json': owners.environment };
    const profiles = [...new Set(Object.values(config.models))];
    this.modelWildcards = profiles.map(modelOf);
    const analyst = {
      policyData,
      appends: FACTS,
      coordination: { read: PROJECTION },
      statements: [
        ...toStatements(toolReads(foundation.catalogue)),
        ...takeInMembers(this, config, [READER_ROLE]),
        ...readCompiled(foundation.intelligence),
        ...converse(profiles, this.modelWildcards),
      ],
      environment: {
        ...coveredAccounts(this, config),
        ...evidenceGoesTo(config),
        INTELLIGENCE_BUCKET: foundation.intelligence.bucketName,
        ANALYST: config.analyst,
        TRIAGE_MODEL: config.models.triage,
        INVESTIGATE_MODEL: config.models.investigate,
      },
    };
    this.triage = new SallyportFunction(this, 'Triage', foundation, {
      ...analyst,
      name: 'triage',
      timeout: Duration.minutes(5),
    });
    this.investigate = new SallyportFunction(this, 'Investigate', foundation, {
      ...analyst,
      name: 'investigate',
      timeout: Duration.minutes(14),
    });
    this.plan = new SallyportFunction(this, 'Plan', foundation, {
      name: 'plan',
      timeout: Duration.minutes(5),
      appends: FACTS,
      reads: toStatements(planReads(foundation.catalogue)),
      statements: takeInMembers(this, config, [READER_ROLE]),
      environment: { ...coveredAccounts(this, config), ...evidenceGoesTo(config) },
      policyData,
    });
    this.watchHealth = new SallyportFunction(this, 'WatchHealth', foundation, {
      name: 'watch-health',
      timeout: Duration.minutes(2),
      appends: FACTS,
      statements: [
        ...toStatements(watchReads(foundation.catalogue)),
        ...takeInMembers(this, config, [READER_ROLE]),
        // What a sweep finds becomes an incident of its own.
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn(this)] }),
      ],
      environment: { ...coveredAccounts(this, config), STATE_MACHINE_ARN: stateMachineArn(this) },
    });
  }
}

/**
 * Calling inference profiles. A profile may run its model in any region of its geography, so that the model's own ARN
 * has to be allowed in all of them (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html).
 */
function converse(profiles: readonly string[], models: readonly string[]): PolicyStatement[] {
  const resources = [...profiles.map((profile) => `${PROFILES}/${profile}`), ...models];
  return toStatements([{ actions: ['bedrock:InvokeModel'], resources }]);
}

function modelOf(profile: string): string {
  return `arn:{partition}:bedrock:*::foundation-model/${profile.replace(GEOGRAPHY, '')}*`;
}
