/**
 * The IAM actions that an operation needs, where they are not simply `service:Operation`. Each line was looked up in
 * the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
export const operationActions: Readonly<Record<string, readonly string[]>> = {
  'bedrockruntime:Converse': ['bedrock:InvokeModel'],
  's3:DeleteObject': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:GetBucketNotificationConfiguration': ['s3:GetBucketNotification'],
  's3:GetBucketReplication': ['s3:GetReplicationConfiguration'],
  's3:ListBuckets': ['s3:ListAllMyBuckets'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:PutBucketLifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:DeletePublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3control:ListAccessPoints': ['s3:ListAccessPoints'],
  's3control:PutPublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  's3control:GetPublicAccessBlock': ['s3:GetAccountPublicAccessBlock'],
  's3control:DeletePublicAccessBlock': ['s3:PutAccountPublicAccessBlock'],
  'ec2:ReplaceIamInstanceProfileAssociation': ['ec2:ReplaceIamInstanceProfileAssociation', 'iam:PassRole'],
  'elasticloadbalancingv2:DescribeTargetGroups': ['elasticloadbalancing:DescribeTargetGroups'],
  'elasticloadbalancingv2:DescribeTargetHealth': ['elasticloadbalancing:DescribeTargetHealth'],
  'elasticloadbalancingv2:RegisterTargets': ['elasticloadbalancing:RegisterTargets'],
  'elasticloadbalancingv2:DeregisterTargets': ['elasticloadbalancing:DeregisterTargets'],
  'ssoadmin:CreateAccountAssignment': ['sso:CreateAccountAssignment'],
  'ssoadmin:DeleteAccountAssignment': ['sso:DeleteAccountAssignment'],
  'ssoadmin:DescribeAccountAssignmentCreationStatus': ['sso:DescribeAccountAssignmentCreationStatus'],
  'ssoadmin:DescribeAccountAssignmentDeletionStatus': ['sso:DescribeAccountAssignmentDeletionStatus'],
  'ssoadmin:DescribePermissionSet': ['sso:DescribePermissionSet'],
  'ssoadmin:ListAccountAssignmentCreationStatus': ['sso:ListAccountAssignmentCreationStatus'],
  'ssoadmin:ListAccountAssignmentDeletionStatus': ['sso:ListAccountAssignmentDeletionStatus'],
  'ssoadmin:ListAccountAssignments': ['sso:ListAccountAssignments'],
  'ssoadmin:ListInstances': ['sso:ListInstances'],
  'ssoadmin:ListPermissionSetsProvisionedToAccount': ['sso:ListPermissionSetsProvisionedToAccount'],
  'ssoadmin:ListTagsForResource': ['sso:ListTagsForResource'],
};
