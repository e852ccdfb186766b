import { createHash } from 'node:crypto';
import type * as ssm from '@aws-sdk/client-ssm';
import type { Operation } from '../../wire/service.ts';
import type { Cloud } from '../cloud.ts';
import { findDocument, inScope, requireDocument } from './scope.ts';
import type { DocumentState } from './state.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/documents.html */
export function documentOperations(cloud: Cloud): Record<string, Operation> {
  return {
    DescribeDocument: inScope<ssm.DescribeDocumentCommandInput, ssm.DescribeDocumentCommandOutput>(
      cloud,
      ({ Name }, scope) => [requireDocument(scope, 'DescribeDocument', Name)],
      ({ Name, DocumentVersion }, scope) => {
        const document = findDocument(scope, Name, DocumentVersion);
        return {
          Document: {
            ...{ Name: document.name, DocumentType: 'Command', DocumentFormat: 'JSON', Status: 'Active' },
            ...{ DocumentVersion: '1', LatestVersion: '1', DefaultVersion: '1' },
            ...{ Hash: hashOf(document), HashType: 'Sha256' },
          },
        };
      },
    ),
    GetDocument: inScope<ssm.GetDocumentCommandInput, ssm.GetDocumentCommandOutput>(
      cloud,
      ({ Name }, scope) => [requireDocument(scope, 'GetDocument', Name)],
      ({ Name, DocumentVersion }, scope) => {
        const { name, content } = findDocument(scope, Name, DocumentVersion);
        return {
          ...{ Name: name, DocumentVersion: '1', Status: 'Active', Content: content },
          ...{ DocumentType: 'Command', DocumentFormat: 'JSON' },
        };
      },
    ),
  };
}

/** AWS makes it of the document, and does not say how; this is moto's way. */
export function hashOf({ content }: DocumentState): string {
  return createHash('sha256').update(content).digest('hex');
}
