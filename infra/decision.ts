import { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Foundation } from './foundation.ts';
import { SallyportFunction } from './function.ts';
import { countLines } from './log-alarm.ts';
import { peopleEnvironment, reachPeople } from './notify.ts';
import { answerTasks } from './power.ts';

const DECISIONS = ['INC-*#decision'];

/** What decides, asks people, and tells them how it ended. */
export class Decision extends Construct {
  readonly decide: SallyportFunction;
  readonly requestApproval: SallyportFunction;
  readonly wake: SallyportFunction;
  readonly holdLease: SallyportFunction;
  readonly close: SallyportFunction;
  readonly escalate: SallyportFunction;
  /** Outcomes that nobody could be told of. */
  readonly unsaid: readonly Metric[];

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const { config, key, consoleUrl } = foundation;
    const timeout = Duration.minutes(1);
    // They seal the token that they are given and may answer it themselves; what is sealed they cannot open.
    const bell = [new PolicyStatement({ actions: ['kms:Encrypt'], resources: [key.keyArn] }), answerTasks()];
    const people = {
      timeout,
      appends: DECISIONS,
      environment: { CONSOLE_URL: consoleUrl, ...peopleEnvironment(config) },
    };
    const reach = reachPeople(this, config);
    this.decide = new SallyportFunction(this, 'Decide', foundation, {
      name: 'decide',
      timeout,
      cedar: true,
      appends: DECISIONS,
      coordination: { read: ['mode', 'budget#*'] },
    });
    this.requestApproval = new SallyportFunction(this, 'RequestApproval', foundation, {
      ...people,
      name: 'request-approval',
      coordination: { write: ['token#*', 'link#*'] },
      statements: [...bell, ...reach],
      environment: { ...people.environment, KEY_ID: key.keyArn },
    });
    this.wake = new SallyportFunction(this, 'Wake', foundation, {
      name: 'wake',
      timeout,
      coordination: { write: ['token#*'] },
      // What reads findings as they come in can only start it: opening tokens is not for those.
      statements: [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }), answerTasks()],
      environment: { KEY_ID: key.keyArn },
    });
    this.holdLease = new SallyportFunction(this, 'HoldLease', foundation, {
      ...people,
      name: 'hold-lease',
      appends: [],
      coordination: { write: ['token#*'] },
      statements: [...bell, ...reach],
      environment: { ...people.environment, KEY_ID: key.keyArn },
    });
    this.close = new SallyportFunction(this, 'Close', foundation, {
      ...people,
      name: 'close',
      cedar: true,
      coordination: { read: ['mode'] },
      statements: reach,
    });
    this.escalate = new SallyportFunction(this, 'Escalate', foundation, {
      ...people,
      name: 'escalate',
      statements: reach,
    });
    this.unsaid = [this.close, this.escalate].map((lambda) => countLines(lambda, 'NOT_NOTIFIED'));
  }
}
