/**
 * The IAM actions that an operation needs, where they are not simply `service:Operation`. Each line was looked up in
 * the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
export const operationActions: Readonly<Record<string, readonly string[]>> = {
  'bedrockruntime:Converse': ['bedrock:InvokeModel'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:DeletePublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  'ec2:ReplaceIamInstanceProfileAssociation': ['ec2:ReplaceIamInstanceProfileAssociation', 'iam:PassRole'],
  'elasticloadbalancingv2:DescribeTargetGroups': ['elasticloadbalancing:DescribeTargetGroups'],
  'elasticloadbalancingv2:DescribeTargetHealth': ['elasticloadbalancing:DescribeTargetHealth'],
  'elasticloadbalancingv2:RegisterTargets': ['elasticloadbalancing:RegisterTargets'],
  'elasticloadbalancingv2:DeregisterTargets': ['elasticloadbalancing:DeregisterTargets'],
};
