import type { IncomingMessage } from 'node:http';
import { AwsError, type WireRequest } from './service.ts';

const maximumBody = 10 * 1024 * 1024;

/** Collects a request; a body above 10 MB is refused, since no service that we stand for takes more. */
export async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const headers = headersOf(incoming);
  const body = await collect(incoming);
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?');
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: isChunked(headers) ? decodeChunks(body) : body,
  };
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const entries = Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

async function collect(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= maximumBody) chunks.push(chunk);
  }
  if (size > maximumBody) throw new AwsError('RequestEntityTooLarge', 'The request body exceeds 10 MB', 413);
  return Buffer.concat(chunks);
}

function isChunked(headers: Readonly<Record<string, string>>): boolean {
  const encoding = headers['content-encoding'] ?? '';
  return encoding.includes('aws-chunked') || (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
}

/**
 * Undoes S3's `aws-chunked` framing, which clients use for streams: `SIZE[;signature]\r\n BYTES \r\n` until a
 * size of zero; the trailing checksums are dropped
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).
 */
export function decodeChunks(framed: Uint8Array): Uint8Array {
  const buffer = Buffer.from(framed);
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', offset);
    const size = Number.parseInt(buffer.subarray(offset, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size))
      throw new AwsError('IncompleteBody', 'The aws-chunked body is broken');
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
