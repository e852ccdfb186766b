import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PortInUseError } from '../port-in-use.ts';
import { AwsError } from '../wire/service.ts';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** The largest request body: what API Gateway takes. */
const maximumBody = 10 * 1024 * 1024;

/** Serves web-standard requests on the loopback address; 0 picks a free port. Throws PortInUseError. */
export async function serveFetch(port: number, purpose: string, handler: FetchHandler): Promise<LocalServer> {
  const server = createServer((incoming, response) => void answer(handler, incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  }).catch((cause: unknown) => {
    throw PortInUseError.from(cause, port, purpose);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  handler: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await respond(handler, incoming);
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.end(body);
}

async function respond(handler: FetchHandler, incoming: IncomingMessage): Promise<Response> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size <= maximumBody) chunks.push(chunk);
    }
    if (size > maximumBody) return Response.json({ message: 'Request Entity Too Large' }, { status: 413 });
    return await handler(requestOf(incoming, Buffer.concat(chunks)));
  } catch (error) {
    // A fault that a test asked for is an answer, and nothing that went wrong here.
    if (error instanceof AwsError) return Response.json({ message: error.message }, { status: error.status });
    console.error(error);
    return Response.json({ message: 'Internal Server Error' }, { status: 500 });
  }
}

function requestOf(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one);
  const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`;
  return new Request(url, {
    method: incoming.method ?? 'GET',
    headers,
    ...(body.byteLength > 0 ? { body } : {}),
  });
}
