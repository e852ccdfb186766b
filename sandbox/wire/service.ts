import type { PolicyDocument } from '../authorize/policy.ts';

export type Awaitable<Value> = Value | Promise<Value>;

/** Who calls: the principal behind the credentials. */
export interface Caller {
  /** The ARN that AWS shows: a user's, or `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly arn: string;
  readonly account: string;
  readonly accessKeyId: string;
  readonly sessionName?: string;
  readonly sourceIdentity?: string;
  /** The IAM role behind a session; absent for a user's long-term key. */
  readonly roleArn?: string;
}

/** A policy that hangs on the resource: a role's trust policy, a key, queue, table or bucket policy. */
export interface ResourcePolicy {
  readonly document: PolicyDocument;
  /** Trust and key policies must allow by themselves; for other resources an identity policy suffices. */
  readonly mandatory?: boolean;
}

/** Condition keys, lower-cased (`aws:resourcetag/owner`), with the request's values. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** What a call needs: every (action, resource) pair must be allowed. */
export interface Requirement {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  readonly resourcePolicy?: ResourcePolicy;
  /** The account that owns the resource, where its ARN does not say so: S3's never do. */
  readonly resourceAccount?: string;
}

/** The HTTP request, with its body collected. Header names are lower-case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer that bypasses the protocol's serialiser: for services that are proxied. */
export class RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array | string) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** The circumstances of one call, beside its input and its caller. */
export interface Call {
  readonly requestId: string;
  /** From the credential scope of the signature: where the client believes it is. */
  readonly region: string;
  readonly sourceIpAddress: string;
  readonly userAgent: string;
  readonly request: WireRequest;
}

/** An operation's answer: the SDK's output without metadata; streams are given as bytes or text. */
export type Reply<Output> = {
  [Member in keyof Omit<Output, '$metadata'>]: NonNullable<Output[Member]> extends {
    transformToString(...encoding: never[]): unknown;
  }
    ? Uint8Array | string | undefined
    : Output[Member];
};

/** One operation of a service: what it needs from IAM and what it does. */
export interface Operation<Input extends object = object, Output extends object = object> {
  /** The reviewed operation → IAM actions mapping, with resource ARNs and condition keys. */
  requires(input: Input, caller: Caller, call: Call): readonly Requirement[];
  /** Throws {@link AwsError} for a modelled error; a {@link RawReply} is sent as it stands. */
  handle(input: Input, caller: Caller, call: Call): Awaitable<Reply<Output> | RawReply>;
}

/** Types an operation by its SDK command: `operation<StopInstancesCommandInput, StopInstancesCommandOutput>`. */
export function operation<Input extends object, Output extends object>(
  definition: Operation<Input, Output>,
): Operation {
  return definition as unknown as Operation;
}

export type Protocol = 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2Query' | 'restJson1' | 'restXml';

/** An AWS service: the client's module for its schemas, and the operations that are implemented. */
export interface Service {
  /** The name in the credential scope: `ec2`, `states`, `events`, `ses`, ... */
  readonly signingName: string;
  /** The name in the SDK's schemas, where it is another: `s3control` signs as `s3`. */
  readonly name?: string;
  readonly protocol: Protocol;
  /** The client's module namespace (`import * as iam from '@aws-sdk/client-iam'`). */
  readonly schemas: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, Operation>>;
  /**
   * Whether a request is meant for this service, of several that sign with one name. One of them may claim nothing,
   * and takes what is left.
   */
  claims?(request: WireRequest): boolean;
  /**
   * Answers a request itself before any operation is looked up, or returns undefined to let it pass.
   * It must do its own authorisation: the server knows no requirements for it.
   */
  http?(request: WireRequest, caller: Caller): Awaitable<RawReply | undefined>;
}

/**
 * A modelled error. `code` is the wire code (`NoSuchEntity`, `InvalidGroup.Duplicate`) or the name of an
 * exception of the client's module; its declared HTTP status wins over `status`. `details` are further
 * members of the exception.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

export type Authorization = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** One call as the recorder sees it. `before` has no outcome yet; `after` has an `errorCode` if it failed. */
export interface CallRecord {
  readonly phase: 'before' | 'after';
  readonly caller: Caller;
  /** The service's name in the SDK's schemas; the signing name where it has no other. */
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly requirements: readonly Requirement[];
  readonly allowed: boolean;
  readonly reason?: string;
  /** The answer, `after` a call that succeeded; absent for raw replies. */
  readonly output?: object;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly call: Call;
}

export interface WireServerOptions {
  readonly services: readonly Service[];
  /** 0 picks a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Undefined for credentials that nobody issued. Signatures are not verified; session tokens must match. */
  identify(accessKeyId: string, sessionToken: string | undefined): Awaitable<Caller | undefined>;
  authorize(caller: Caller, requirements: readonly Requirement[], call: Call): Awaitable<Authorization>;
  /**
   * Sees every identified call before it is handled (refused ones too) and after it was answered.
   * An AwsError thrown `before` is the client's answer: throttling and crashes are injected so.
   */
  onCall?(record: CallRecord): Awaitable<void>;
}

export interface WireServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly port: number;
  close(): Promise<void>;
}
