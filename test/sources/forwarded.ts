import { bareFinding } from './bare.ts';

const account = '111122223333';
const region = 'eu-central-1';
const { id: ID, arn: ARN } = bareFinding() as { id: string; arn: string };
const LATER = '2026-11-21T11:35:00.000Z';

/** GuardDuty's own form of one finding. */
export function direct(updatedAt = LATER): Record<string, unknown> {
  return { ...bareFinding(), updatedAt };
}

/** The same finding as Security Hub passes it on in ASFF. */
export function inAsff(updatedAt = LATER, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    SchemaVersion: '2018-10-08',
    Id: ARN,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/guardduty`,
    GeneratorId: `arn:aws:guardduty:${region}:${account}:detector/d0`,
    AwsAccountId: account,
    Region: region,
    Types: ['TTPs/UnauthorizedAccess:IAMUser-TorIPCaller'],
    CreatedAt: '2026-11-21T11:30:00.000Z',
    UpdatedAt: updatedAt,
    Severity: { Label: 'MEDIUM', Normalized: 50 },
    Title: 'An API was invoked from a Tor exit node.',
    Description: 'An API was invoked from a Tor exit node IP address 203.0.113.77.',
    ProductFields: {
      'aws/guardduty/service/action/actionType': 'AWS_API_CALL',
      'aws/guardduty/service/action/awsApiCallAction/api': 'ListBuckets',
      'aws/guardduty/service/action/awsApiCallAction/serviceName': 's3.amazonaws.com',
      'aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/ipAddressV4': '203.0.113.77',
      'aws/guardduty/service/resourceRole': 'TARGET',
      'aws/guardduty/service/count': '3',
    },
    Resources: [
      {
        Type: 'AwsIamAccessKey',
        Id: 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE',
        Region: region,
        Details: { AwsIamAccessKey: { PrincipalName: 'ci-deploy', PrincipalType: 'IAMUser' } },
      },
    ],
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    ...changes,
  };
}

/** The same finding as Security Hub passes it on in OCSF. */
export function inOcsf(modified = LATER, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    activity_id: 2,
    activity_name: 'Update',
    class_name: 'Detection Finding',
    class_uid: 2004,
    cloud: { account: { uid: account }, provider: 'AWS', region },
    count: 3,
    evidences: [
      {
        api: { operation: 'ListBuckets', service: { name: 's3.amazonaws.com' } },
        src_endpoint: { ip: '203.0.113.77' },
        data: { resource_role: 'TARGET' },
      },
    ],
    finding_info: {
      created_time_dt: '2026-11-21T11:30:00.000Z',
      modified_time_dt: modified,
      title: 'An API was invoked from a Tor exit node.',
      desc: 'An API was invoked from a Tor exit node IP address 203.0.113.77.',
      types: ['Threats', 'UnauthorizedAccess:IAMUser/TorIPCaller'],
      uid: ARN,
      uid_alt: ID,
    },
    metadata: {
      product: {
        name: 'GuardDuty',
        uid: `arn:aws:securityhub:${region}::productv2/aws/guardduty`,
        vendor_name: 'AWS',
      },
      uid: 'd1bc4b01',
      version: '1.6.0',
    },
    resources: [
      {
        cloud_partition: 'aws',
        type: 'AWS::IAM::AccessKey',
        uid: 'AKIAIOSFODNN7EXAMPLE',
        name: 'ci-deploy',
        data: { user_name: 'ci-deploy', user_type: 'IAMUser', access_key_id: 'AKIAIOSFODNN7EXAMPLE' },
        owner: { account: { uid: account } },
        region,
      },
    ],
    severity: 'Medium',
    severity_id: 3,
    status: 'New',
    status_id: 1,
    vendor_attributes: { severity: 'Medium', severity_id: 3 },
    ...changes,
  };
}
