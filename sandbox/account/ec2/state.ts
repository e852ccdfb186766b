export interface VpcState {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
}

export interface SubnetState {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
  readonly mapPublicIpOnLaunch: boolean;
}

export interface RouteState {
  readonly destinationCidrBlock: string;
  /** `local`, an internet gateway or a virtual private gateway. */
  readonly gatewayId?: string | undefined;
  readonly natGatewayId?: string | undefined;
}

export interface RouteTableState {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly main: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly RouteState[];
}

/** Exactly one of the four sources is present. Ports are absent for protocol `-1`. */
export interface RuleState {
  readonly securityGroupRuleId: string;
  readonly isEgress: boolean;
  readonly ipProtocol: string;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly cidrIpv4?: string | undefined;
  readonly cidrIpv6?: string | undefined;
  readonly prefixListId?: string | undefined;
  readonly referencedGroupId?: string | undefined;
  readonly description?: string | undefined;
}

export interface SecurityGroupState {
  readonly groupId: string;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  rules: RuleState[];
}

export interface BlockDeviceState {
  readonly deviceName: string;
  readonly volumeId: string;
  deleteOnTermination: boolean;
  readonly attachTime: string;
}

export type InstanceStateName =
  | 'pending'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'shutting-down'
  | 'terminated';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html */
export interface MetadataOptionsState {
  readonly httpTokens: 'optional' | 'required';
  readonly httpEndpoint: 'enabled' | 'disabled';
  readonly httpPutResponseHopLimit: number;
}

export interface InstanceState {
  readonly instanceId: string;
  readonly reservationId: string;
  readonly imageId: string;
  readonly instanceType: string;
  state: InstanceStateName;
  /** When it was last started. */
  launchTime: string;
  readonly architecture: string;
  readonly instanceLifecycle?: 'spot' | undefined;
  readonly keyName?: string | undefined;
  readonly rootDeviceName: string;
  readonly rootDeviceType: 'ebs' | 'instance-store';
  readonly blockDevices: BlockDeviceState[];
  disableApiTermination: boolean;
  readonly userData?: string | undefined;
  readonly consoleOutput?: string | undefined;
  metadataOptions: MetadataOptionsState;
  iamInstanceProfile?: ProfileAssociationState | undefined;
}

export interface ProfileAssociationState {
  readonly associationId: string;
  readonly arn: string;
  readonly id: string;
  /** While AWS is still busy with it; absent once it is associated. */
  readonly state?: 'associating' | 'disassociating' | undefined;
}

export interface NetworkInterfaceState {
  readonly networkInterfaceId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly description: string;
  readonly privateIpAddress: string;
  /** Elastic, or assigned at each start: then nobody has it while the instance is stopped. */
  publicIpAddress?: string | undefined;
  readonly ipv6Addresses?: readonly string[] | undefined;
  readonly macAddress: string;
  readonly interfaceType: string;
  groupIds: readonly string[];
  readonly attachment?: AttachmentState | undefined;
}

export interface AttachmentState {
  readonly attachmentId: string;
  readonly instanceId: string;
  readonly deviceIndex: number;
  readonly attachTime: string;
}

export interface VolumeState {
  readonly volumeId: string;
  readonly size: number;
  readonly volumeType: string;
  readonly encrypted: boolean;
  readonly kmsKeyId?: string | undefined;
  readonly availabilityZone: string;
  readonly createTime: string;
}

export interface SnapshotState {
  readonly snapshotId: string;
  readonly volumeId: string;
  readonly volumeSize: number;
  readonly encrypted: boolean;
  readonly kmsKeyId?: string | undefined;
  readonly description: string;
  readonly startTime: string;
  /** Absent for the account's own; another account's is seen here because it was shared. */
  readonly ownerId?: string | undefined;
  /** Who else may make volumes of it; absent until that was first changed. */
  sharing?: SnapshotSharing | undefined;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolumePermission.html */
export interface SnapshotSharing {
  readonly isPublic: boolean;
  readonly accounts: readonly string[];
}

export interface FlowLogState {
  readonly flowLogId: string;
  /** A VPC or a network interface. */
  readonly resourceId: string;
  readonly trafficType: string;
  /** The ARN of a bucket. */
  readonly logDestination: string;
  deliverLogsStatus: 'SUCCESS' | 'FAILED';
  readonly creationTime: string;
  readonly clientToken?: string | undefined;
}

export interface AddressState {
  readonly allocationId: string;
  readonly publicIp: string;
  readonly associationId?: string | undefined;
  readonly networkInterfaceId?: string | undefined;
}

export interface NetworkAclEntryState {
  /** 1 to 32766; lower ones are looked at first. */
  readonly ruleNumber: number;
  readonly egress: boolean;
  /** A number, or -1 for all. */
  readonly protocol: string;
  readonly ruleAction: 'allow' | 'deny';
  readonly cidrBlock?: string | undefined;
  readonly ipv6CidrBlock?: string | undefined;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
}

export interface NetworkAclState {
  readonly networkAclId: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnetIds: readonly string[];
  entries: NetworkAclEntryState[];
}

/** A list of ranges that AWS keeps, such as its health checkers'. */
export interface PrefixListState {
  readonly prefixListId: string;
  readonly prefixListName: string;
  readonly entries: readonly string[];
}

/** One region's EC2, everything by its id. Tags are apart, because any resource may carry them. */
export interface Ec2State {
  readonly vpcs: Record<string, VpcState>;
  readonly subnets: Record<string, SubnetState>;
  readonly routeTables: Record<string, RouteTableState>;
  readonly securityGroups: Record<string, SecurityGroupState>;
  readonly instances: Record<string, InstanceState>;
  readonly networkInterfaces: Record<string, NetworkInterfaceState>;
  readonly volumes: Record<string, VolumeState>;
  readonly snapshots: Record<string, SnapshotState>;
  readonly addresses: Record<string, AddressState>;
  readonly flowLogs: Record<string, FlowLogState>;
  readonly networkAcls: Record<string, NetworkAclState>;
  readonly prefixLists: Record<string, PrefixListState>;
  readonly tags: Record<string, Record<string, string>>;
}

export function emptyEc2State(): Ec2State {
  return {
    vpcs: {},
    subnets: {},
    routeTables: {},
    securityGroups: {},
    instances: {},
    networkInterfaces: {},
    volumes: {},
    snapshots: {},
    addresses: {},
    flowLogs: {},
    networkAcls: {},
    prefixLists: {},
    tags: {},
  };
}
