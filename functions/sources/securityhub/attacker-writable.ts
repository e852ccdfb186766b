import type { AttackerWritable } from '../../core/source.ts';

/** Fields of an entry of `detail.findings`, of a product of AWS, by why others can write them. */
const byReason: Readonly<Record<string, readonly string[]>> = {
  'quotes names that others chose': ['title', 'description'],
  'whoever may tag or describe the resource writes it': [
    'resources[].tags.*',
    'resources[].details.awsEc2Instance.keyName',
    'resources[].details.awsLambdaFunction.description',
    'resources[].details.awsEc2SecurityGroup.groupName',
  ],
  'whoever may update findings writes it': [
    'note.text',
    'note.updatedBy',
    'userDefinedFields.*',
    'findingProviderFields.types[]',
  ],
  'whoever makes the call passes it': [
    'action.awsApiCallAction.affectedResources.*',
    'productFields["aws/guardduty/service/action/awsApiCallAction/userAgent"]',
    'productFields["aws/guardduty/service/action/awsApiCallAction/affectedResources/AWS::S3::Bucket"]',
    'productFields["aws/guardduty/service/additionalInfo/value"]',
  ],
  'a header of the request holds it': [
    'productFields["aws/guardduty/service/action/kubernetesApiCallAction/sourceIPs.0_"]',
  ],
  'whoever registers the domain chooses it': [
    'action.dnsRequestAction.domain',
    'network.sourceDomain',
    'network.destinationDomain',
    'productFields["aws/guardduty/service/action/dnsRequestAction/domain"]',
  ],
  'whoever runs the process or writes the file names it': [
    'process.name',
    'process.path',
    'malware[].name',
    'malware[].path',
    'threats[].filePaths[].filePath',
    'threats[].filePaths[].fileName',
    'vulnerabilities[].vulnerablePackages[].filePath',
    'productFields["aws/guardduty/service/runtimeDetails/process/name"]',
  ],
  'repeats what was seen: user agents, domains, files': [
    'detection.sequence.signals[].title',
    'detection.sequence.signals[].signalIndicators[].values[]',
    'detection.sequence.endpoints[].domain',
  ],
};

export const attackerWritable: readonly AttackerWritable[] = Object.entries(byReason).flatMap(
  ([why, fields]) => fields.map((field) => ({ field, why })),
);
