import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type ReviewedDocument, reviewedDocuments } from '../functions/core/reviewed-documents.ts';

/** The reviewed documents of Systems Manager, which the action run-document alone may send to an instance. */
export class ReviewedDocuments extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const { run, undo } of Object.values(reviewedDocuments))
      for (const document of [run, undo]) this.deploy(document);
  }

  private deploy({ name, content }: ReviewedDocument): void {
    new CfnDocument(this, name, {
      name,
      content,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/AWS::EC2::Instance',
      // A document of a fixed name cannot be replaced by another of the same one.
      updateMethod: 'NewVersion',
    });
  }
}
