import { randomUUID } from 'node:crypto';
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  constants,
  createServer as createHttp2,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ConverseBody, violation } from './bedrock-rules.ts';

/** What arrived, as the server saw it. */
export interface RecordedRequest {
  readonly modelId: string;
  readonly httpVersion: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: ConverseBody;
}

export type ScriptedReply =
  | { readonly kind: 'output'; readonly output: object; readonly delayMs?: number }
  | { readonly kind: 'error'; readonly status: number; readonly type: string; readonly message: string }
  | { readonly kind: 'raw'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'reset' };

/** A reply, or how to make one of what was asked. */
export type Script = ScriptedReply | ((request: RecordedRequest) => ScriptedReply);

export interface BedrockEndpoint {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The most requests that were under way at once. */
  readonly busiest: number;
  /** Appends to the script; each request takes the next reply. */
  script(...replies: readonly Script[]): void;
  close(): Promise<void>;
}

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

const PREFACE = 'PRI * HTTP/2.0';

/**
 * Bedrock's runtime endpoint for one operation: `POST /model/{modelId}/converse` in REST JSON, over HTTP/2 without
 * TLS (prior knowledge, as the SDK's client has it) and HTTP/1.1 on one port. Refuses what Bedrock refuses.
 */
export async function startBedrockEndpoint(): Promise<BedrockEndpoint> {
  const replies: Script[] = [];
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  let underWay = 0;
  let busiest = 0;

  async function answer(incoming: Incoming, outgoing: Outgoing): Promise<void> {
    underWay += 1;
    busiest = Math.max(busiest, underWay);
    try {
      const read = await readRequest(incoming);
      if ('kind' in read) return await send(outgoing, read);
      requests.push(read);
      await send(outgoing, replyTo(read, replies.shift()));
    } finally {
      underWay -= 1;
    }
  }

  const listener = (incoming: Incoming, outgoing: Outgoing) => void answer(incoming, outgoing);
  const http1 = createHttp1(listener);
  const http2 = createHttp2(listener);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      (first.toString('latin1').startsWith(PREFACE) ? http2 : http1).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get busiest() {
      return busiest;
    },
    script: (...more) => void replies.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function failure(status: number, type: string, message: string): ScriptedReply {
  return { kind: 'error', status, type, message };
}

async function readRequest(incoming: Incoming): Promise<RecordedRequest | ScriptedReply> {
  const { headers, httpVersion, method, url = '' } = incoming;
  const body = await text(incoming);
  const modelId = /^\/model\/([^/]+)\/converse$/.exec(url)?.[1];
  if (method !== 'POST' || modelId === undefined)
    return failure(404, 'UnknownOperationException', `no operation at ${method} ${url}`);
  if (!/^AWS4-HMAC-SHA256 .*\/bedrock\/aws4_request/.test(String(headers.authorization)))
    return failure(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  return {
    modelId: decodeURIComponent(modelId),
    httpVersion,
    headers,
    body: JSON.parse(body) as ConverseBody,
  };
}

function replyTo(request: RecordedRequest, scripted: Script | undefined): ScriptedReply {
  const problem = violation(request.modelId, request.body);
  if (problem !== undefined) return failure(400, 'ValidationException', problem);
  const end = failure(500, 'InternalServerException', 'the script has come to its end');
  return typeof scripted === 'function' ? scripted(request) : (scripted ?? end);
}

async function send(outgoing: Outgoing, reply: ScriptedReply): Promise<void> {
  switch (reply.kind) {
    case 'silence':
      return;
    case 'hang-up':
      outgoing.socket?.destroy();
      return;
    case 'reset':
      if ('stream' in outgoing) outgoing.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
      return;
    case 'unfinished':
      writeHead(outgoing, 200).write('{"output":');
      return;
    case 'raw':
      writeHead(outgoing, reply.status).end(reply.body);
      return;
    case 'error':
      writeHead(outgoing, reply.status, {
        'x-amzn-errortype': `${reply.type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      }).end(JSON.stringify({ message: reply.message }));
      return;
    case 'output':
      await new Promise((resolve) => setTimeout(resolve, reply.delayMs ?? 0));
      writeHead(outgoing, 200).end(JSON.stringify(reply.output));
  }
}

function writeHead(outgoing: Outgoing, status: number, headers: Record<string, string> = {}): ServerResponse {
  // The two response classes share what is used here, but TypeScript cannot call a union of overloads.
  const response = outgoing as ServerResponse;
  return response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
}
