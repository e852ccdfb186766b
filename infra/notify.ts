import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from './config.ts';
import { physicalName } from './names.ts';

/** How people are reached: the sender's identity for cards and outcomes, and the topic of the alarms. */
export class Notify extends Construct {
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    new EmailIdentity(this, 'Sender', { identity: Identity.email(config.sender) });
    this.alarms = new Topic(this, 'Alarms', { topicName: physicalName('alarms'), enforceSSL: true });
    for (const address of config.alarmEmails) this.alarms.addSubscription(new EmailSubscription(address));
  }
}

/** Sending mail as the sender, and reading the chat's token where there is a chat. */
export function reachPeople(scope: Construct, { sender, slack }: Config): PolicyStatement[] {
  const identity = Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: sender });
  const mail = new PolicyStatement({ actions: ['ses:SendEmail'], resources: [identity] });
  if (!slack) return [mail];
  const secret = secretArn(scope, slack.secretName);
  return [mail, new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret] })];
}

/** Secrets Manager appends six characters of its own to a name. */
export function secretArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${name}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The environment that goes with it. */
export function peopleEnvironment({ sender, approvers, slack }: Config): Record<string, string> {
  return {
    SENDER: sender,
    APPROVERS: JSON.stringify(approvers),
    ...(slack && { SLACK_CHANNEL: slack.channel, SLACK_SECRET_ID: slack.secretName }),
  };
}
