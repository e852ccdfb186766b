const account = '111122223333';

/** A bare GuardDuty finding, as the event's `detail` holds it. */
export function bareFinding(): Record<string, unknown> {
  return {
    schemaVersion: '2.0',
    accountId: account,
    region: 'eu-central-1',
    partition: 'aws',
    id: 'f1d0c0de0000000000000000000000bb',
    arn: `arn:aws:guardduty:eu-central-1:${account}:detector/d0/finding/f1d0c0de0000000000000000000000bb`,
    type: 'UnauthorizedAccess:IAMUser/TorIPCaller',
    severity: 5,
    createdAt: '2026-11-21T11:30:00.000Z',
    updatedAt: '2026-11-21T11:35:00.000Z',
    title: 'An API was invoked from a Tor exit node.',
    description: 'An API was invoked from a Tor exit node IP address 203.0.113.77.',
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: {
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        principalId: 'AIDAEXAMPLE',
        userType: 'IAMUser',
        userName: 'ci-deploy',
      },
    },
    service: {
      serviceName: 'guardduty',
      resourceRole: 'TARGET',
      archived: false,
      count: 3,
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api: 'ListBuckets',
          serviceName: 's3.amazonaws.com',
          callerType: 'Remote IP',
          userAgent: 'aws-cli/2.15',
          remoteIpDetails: { ipAddressV4: '203.0.113.77', country: { countryName: 'Nowhere' } },
        },
      },
    },
  };
}

/** A bare ASFF finding of Security Hub's own control checks. */
export function bareControl(): Record<string, unknown> {
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:eu-central-1:${account}:security-control/S3.8/finding/0a1b`,
    ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
    GeneratorId: 'security-control/S3.8',
    AwsAccountId: account,
    Region: 'eu-central-1',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: '2026-11-21T11:30:00.000Z',
    UpdatedAt: '2026-11-21T11:35:00+00:00',
    Severity: { Label: 'HIGH', Normalized: 70 },
    Title: 'S3 general purpose buckets should block public access',
    Description: 'This control checks the bucket.',
    Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    Resources: [
      {
        Type: 'AwsS3Bucket',
        Id: 'arn:aws:s3:::data',
        Region: 'eu-central-1',
        Tags: { owner: 'somebody' },
        Details: { AwsS3Bucket: { OwnerId: 'abc' } },
      },
    ],
  };
}
