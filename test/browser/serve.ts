import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consoleApp } from '../../functions/console/app.ts';
import { rosa, type Story } from '../console/story.ts';
import type { World } from '../console/world.ts';
import { signedIn, world } from '../console/world.ts';

export interface Served {
  readonly url: string;
  readonly at: World;
  close(): Promise<void>;
}

/** The console on a local port. `/sandbox/sign-in` makes whoever comes the approver, as the laptop cloud does. */
export async function serve(story: Story = {}): Promise<Served> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = await world(story);
  const app = consoleApp({ ...at.settings, consoleUrl: url });
  answerWith(server, async (request) => {
    const path = new URL(request.url);
    if (path.pathname === '/sandbox/sign-in') {
      const location = path.searchParams.get('return') ?? '/';
      return new Response(null, {
        status: 303,
        headers: { location, 'set-cookie': 'who=rosa; Path=/; HttpOnly; SameSite=Lax' },
      });
    }
    const isRosa = request.headers.get('cookie') === 'who=rosa';
    return app.fetch(request, { event: { requestContext: isRosa ? { authorizer: signedIn(rosa) } : {} } });
  });
  return { url, at, close: () => new Promise((resolve) => server.close(() => resolve())) };

  function answerWith(on: Server, answer: (request: Request) => Promise<Response> | Response): void {
    on.on('request', async (incoming, outgoing) => {
      const response = await answer(await requestOf(incoming, url));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  }
}

async function requestOf(incoming: IncomingMessage, url: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const method = incoming.method ?? 'GET';
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks);
  return new Request(new URL(incoming.url ?? '/', url), { method, headers, body });
}
