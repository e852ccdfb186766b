import { AwsError, type WireRequest } from './service.ts';

/** What a SigV4 signature says before anything is verified. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
  readonly sessionToken: string | undefined;
}

/**
 * Reads the credential scope of a signed request. The signature itself is not verified: the sandbox listens on
 * the loopback address and a session token is compared in full, so a signature would prove nothing more here.
 */
export function readCredentialScope(request: WireRequest): CredentialScope {
  const credential = credentialOf(request)?.split('/');
  const [accessKeyId, , ...rest] = credential ?? [];
  // SigV4a (AWS4-ECDSA-P256-SHA256) leaves the region out of the scope.
  const [region, signingName] = rest.length === 2 ? ['us-east-1', rest[0]] : rest;
  if (!accessKeyId || !region || !signingName) throw missingToken();
  return { accessKeyId, region, signingName, sessionToken: sessionTokenOf(request) };
}

function credentialOf(request: WireRequest): string | undefined {
  const header = /^AWS4-\S+ .*?Credential=([^\s,]+)/.exec(request.headers.authorization ?? '');
  return header?.[1] ?? request.query.get('X-Amz-Credential') ?? undefined;
}

function sessionTokenOf(request: WireRequest): string | undefined {
  return request.headers['x-amz-security-token'] ?? request.query.get('X-Amz-Security-Token') ?? undefined;
}

function missingToken(): AwsError {
  const message = 'The request carries no AWS Signature Version 4 credential scope';
  return new AwsError('MissingAuthenticationTokenException', message, 403);
}
