import { alarmChange, eventOf } from '../other-services.ts';

export const examples = [eventOf('aws.cloudwatch', 'CloudWatch Alarm State Change', alarmChange())];
