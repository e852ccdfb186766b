import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { ImitatedAccount } from './service.ts';

/**
 * Where moto is not AWS: moto 5.2.5 (`requirements.txt`), each with what AWS documents. The run fails for a
 * difference that is not listed here, and for one that is listed and no longer shows.
 */
export interface Difference {
  readonly action: string;
  /** The case's name, or `*` for each of the action's. */
  readonly case: string;
  /** Matches the step and the place where it shows, and no other difference. */
  readonly shows: RegExp;
  readonly because: string;
}

const tagsOfTheDead =
  'moto still describes the tags of what was deleted; in AWS they go with the resource ' +
  '(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html)';

export const differences: readonly Difference[] = [
  ...[
    'two interfaces with groups of their own, in a VPC that was never touched',
    'a VPC whose earlier closed group was given a rule',
  ].map((name) => ({
    action: 'isolate-instance',
    case: name,
    shows: /^everything is as before.*\/ec2\/tags\/sg-/,
    because: tagsOfTheDead,
  })),
  {
    action: 'snapshot-volumes',
    case: '*',
    shows: /^everything is as before.*\/ec2\/tags\/snap-/,
    because: tagsOfTheDead,
  },
  {
    action: 'require-imdsv2',
    case: '*',
    shows:
      /^everything is as before.*\/metadataOptions\/http(Endpoint is undefined|PutResponseHopLimit is 1)/,
    because:
      'moto forgets the options that ModifyInstanceMetadataOptions does not name; in AWS what is not named keeps ' +
      'its value (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html)',
  },
];

/** Sends on moto, or asks the laptop cloud, which has the case's seed and activity. */
export interface Elsewhere {
  readonly send: ImitatedAccount['send'];
  readonly laptop: (command: object) => Promise<unknown>;
}

interface MissingOperation {
  /** A call that must go on failing on moto as one that it does not have. */
  readonly probe: object;
  readonly because: string;
  /** The answer from elsewhere. Everything else of the case is moto's. */
  readonly answer: (command: object, elsewhere: Elsewhere) => Promise<unknown>;
}

/** What moto does not have at all, by operation. */
export const missingOperations: Readonly<Record<string, MissingOperation>> = {
  'cloudtrail:LookupEvents': {
    probe: new LookupEventsCommand({}),
    because: 'moto keeps no history of calls: its CloudTrail has trails and nothing that they record',
    answer: (command, { laptop }) => laptop(command),
  },
};

interface NotRun {
  readonly action: string;
  readonly because: string;
}

/** Actions that no case is run of; the run fails where one could be. */
export const notRun: readonly NotRun[] = [];
