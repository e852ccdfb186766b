import { hasName } from './named-error.ts';

/**
 * Whether GetAccessKeyLastUsed says that this account has no such key. AWS answers AccessDenied then, so that key ids
 * cannot be probed, and names the key; a real refusal names a user's ARN instead.
 */
export function isMissingAccessKey(error: unknown, accessKeyId: string): boolean {
  if (hasName(error, 'NoSuchEntityException', 'NoSuchEntity')) return true;
  return (
    hasName(error, 'AccessDenied', 'AccessDeniedException') && (error as Error).message.includes(accessKeyId)
  );
}
