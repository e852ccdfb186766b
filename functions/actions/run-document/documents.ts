import { DescribeDocumentCommand, GetDocumentCommand } from '@aws-sdk/client-ssm';
import { WrongStateError } from '../../core/errors.ts';
import { hasName } from '../../core/named-error.ts';
import { isReviewed, type ReviewedDocument } from '../../core/reviewed-documents.ts';
import type { Pinned, Reader } from './operations.ts';

/**
 * The document's default version, if it says what was reviewed. The hash is AWS's own, and read before the content: a
 * document that is replaced in between has another one, under which nothing is sent. Throws WrongStateError.
 */
export async function pin(document: ReviewedDocument, account: Reader): Promise<Pinned> {
  const { name } = document;
  const subject = `document ${name}`;
  try {
    const { Document: described } = await account.send(new DescribeDocumentCommand({ Name: name }));
    const { DefaultVersion: version, Hash: hash, HashType: type } = described ?? {};
    const { Content: text } = await account.send(
      new GetDocumentCommand({ Name: name, DocumentVersion: version, DocumentFormat: 'JSON' }),
    );
    if (version !== undefined && hash !== undefined && type === 'Sha256' && isReviewed(document, text))
      return { name, version, hash };
  } catch (error) {
    if (!hasName(error, 'InvalidDocument', 'InvalidDocumentVersion')) throw error;
    throw new WrongStateError(subject, 'not there', 'deploy Sallyport again: it comes with it', {
      cause: error,
    });
  }
  throw new WrongStateError(
    subject,
    'not what was reviewed',
    'somebody has changed it; find out who, and deploy Sallyport again',
  );
}
