import * as z from 'zod';
import { parseArn } from './arn.ts';
import { partitionOf } from './resource-pattern.ts';

/**
 * One record of CloudTrail's event history, as far as it is read
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 */
export const TrailRecord = z.object({
  eventID: z.string(),
  eventTime: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: z.string(),
  sourceIPAddress: z.string().default(''),
  userAgent: z.string().nullish(),
  errorCode: z.string().optional(),
  readOnly: z.boolean().optional(),
  /** `true` for a call of a console session, absent otherwise. */
  sessionCredentialFromConsole: z.string().optional(),
  userIdentity: z.object({
    type: z.string().optional(),
    /** Of a session: it ends with the session's name. */
    arn: z.string().optional(),
    userName: z.string().optional(),
    accessKeyId: z.string().optional(),
    sessionContext: z
      .object({ sessionIssuer: z.object({ arn: z.string().optional() }).optional() })
      .optional(),
  }),
  requestParameters: z
    .object({
      roleSessionName: z.string().optional(),
      roleName: z.string().optional(),
      userName: z.string().optional(),
    })
    .nullish(),
  /** Of calls that make something, what IAM made; of STS, the session without its secret. */
  responseElements: z
    .object({
      accessKey: z.object({ accessKeyId: z.string(), userName: z.string().optional() }).optional(),
      user: z.object({ userId: z.string() }).optional(),
      role: z.object({ roleId: z.string() }).optional(),
      credentials: z.object({ accessKeyId: z.string().optional() }).optional(),
    })
    .nullish()
    .catch(null),
});
export type TrailRecord = z.infer<typeof TrailRecord>;

/** The attributes of LookupEvents that are asked by; one a call. */
export type TrailAttribute = 'AccessKeyId' | 'Username' | 'ResourceName' | 'EventName';

/** An answer of LookupEvents, as the SDK gives it. */
export interface TrailPage {
  readonly Events?: readonly { readonly CloudTrailEvent?: string | undefined }[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface TrailQuestion {
  readonly attribute: TrailAttribute;
  readonly value: string;
  readonly region: string;
  readonly nextToken?: string | undefined;
}

/** Asks one page; whoever holds an account sends the command. */
export type Lookup = (question: TrailQuestion) => Promise<TrailPage>;

/** What was found, each record once, newest first. `truncated`: there is more, or something could not be read. */
export interface TrailAnswer {
  readonly records: readonly TrailRecord[];
  readonly truncated: boolean;
}

/** Who acted. A role's own ARN, if it is known, finds the calls that assumed it; a session's is no use. */
export interface Principal {
  readonly kind: 'user' | 'role' | 'access-key';
  readonly id: string;
  readonly account: string;
  readonly arn?: string | undefined;
  /** Of a role: the one session in question, such as an instance's, which carries the instance's id. */
  readonly session?: string | undefined;
}

/** LookupEvents answers two calls a second, so one principal gets this many pages of 50 in all. */
const PAGES = 16;
/** Pages for one attribute in one region. */
const PAGES_PER_QUESTION = 4;
/** Sessions of a role that are followed. */
const SESSIONS = 5;

/** Where a partition records the events of IAM and other global services. */
export function globalRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  return 'us-east-1';
}

/** Reads what a principal did, in the home region and where global services are recorded, within a bound of pages. */
export async function readTrail(principal: Principal, home: string, lookup: Lookup): Promise<TrailAnswer> {
  const reader = new TrailReader(home, lookup);
  switch (principal.kind) {
    case 'access-key':
      await reader.read('AccessKeyId', principal.id, () => true);
      break;
    case 'user':
      await reader.read('Username', principal.id, (record) => isUser(record, principal.id));
      break;
    case 'role':
      await readRole(reader, principal);
  }
  return reader.answer();
}

/**
 * Reads the calls of IAM by these names, whoever made them, where IAM is recorded. A principal's own history is not
 * asked: a few hundred calls that do nothing would push out of its bound what he made before.
 */
export async function readIamCalls(
  names: readonly string[],
  home: string,
  lookup: Lookup,
): Promise<TrailAnswer> {
  const reader = new TrailReader(globalRegion(home), lookup, names.length * PAGES_PER_QUESTION);
  for (const name of names)
    await reader.read('EventName', name, ({ eventSource }) => eventSource === 'iam.amazonaws.com');
  return reader.answer();
}

/** What came from sessions of the console, which a password opened. */
export function fromConsole({ records, truncated }: TrailAnswer): TrailAnswer {
  return { records: records.filter((one) => one.sessionCredentialFromConsole === 'true'), truncated };
}

/** A session may carry the name of a user who did nothing. */
function isUser({ userIdentity }: TrailRecord, name: string): boolean {
  return userIdentity.type === 'IAMUser' && userIdentity.userName === name;
}

/** Sessions are found by the calls that assumed the role; then each by its name, which others may use as well. */
async function readRole(reader: TrailReader, principal: Principal): Promise<void> {
  const { id, account, session } = principal;
  const names = session === undefined ? await sessionNames(reader, principal) : [session];
  for (const name of names) await reader.read('Username', name, (record) => isSessionOf(record, id, account));
}

async function sessionNames(
  reader: TrailReader,
  { id, account, arn }: Principal,
): Promise<readonly string[]> {
  const known = arn?.includes(':role/') ? arn : `arn:${partitionOf(reader.home)}:iam::${account}:role/${id}`;
  const names = new Set([id]);
  await reader.read('ResourceName', known, ({ eventName, requestParameters }) => {
    const name = requestParameters?.roleSessionName;
    if (eventName.startsWith('AssumeRole') && name !== undefined) names.add(name);
    return false;
  });
  if (names.size > SESSIONS + 1) reader.truncated = true;
  return [...names].slice(0, SESSIONS + 1);
}

/** A role's name is unique in its account, whatever the path in its ARN. */
function isSessionOf({ userIdentity }: TrailRecord, role: string, account: string): boolean {
  const issuer = parseArn(userIdentity.sessionContext?.sessionIssuer?.arn ?? '');
  return (
    issuer?.account === account &&
    issuer.resource.startsWith('role/') &&
    issuer.resource.split('/').at(-1) === role
  );
}

class TrailReader {
  truncated = false;
  readonly home: string;
  private readonly records = new Map<string, TrailRecord>();
  private readonly lookup: Lookup;
  private pages: number;

  constructor(home: string, lookup: Lookup, pages = PAGES) {
    this.home = home;
    this.lookup = lookup;
    this.pages = pages;
  }

  /** Keeps the records that are the principal's own. */
  async read(attribute: TrailAttribute, value: string, own: (record: TrailRecord) => boolean): Promise<void> {
    for (const region of new Set([this.home, globalRegion(this.home)]))
      await this.readRegion({ attribute, value, region }, own);
  }

  answer(): TrailAnswer {
    const records = [...this.records.values()].sort((a, b) => b.eventTime.localeCompare(a.eventTime));
    return { records, truncated: this.truncated };
  }

  private async readRegion(question: TrailQuestion, own: (record: TrailRecord) => boolean): Promise<void> {
    let nextToken: string | undefined;
    for (let page = 0; page < PAGES_PER_QUESTION && this.pages > 0; page += 1) {
      this.pages -= 1;
      const answer = await this.lookup({ ...question, nextToken });
      for (const event of answer.Events ?? []) this.keep(event.CloudTrailEvent, own);
      nextToken = answer.NextToken;
      if (nextToken === undefined) return;
    }
    this.truncated = true;
  }

  private keep(text: string | undefined, own: (record: TrailRecord) => boolean): void {
    const record = parseRecord(text);
    if (!record) this.truncated = true;
    else if (own(record)) this.records.set(record.eventID, record);
  }
}

function parseRecord(text: string | undefined): TrailRecord | undefined {
  try {
    return TrailRecord.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
