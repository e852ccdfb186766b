import type { Cloud } from '../cloud.ts';

export interface DirectoryUserState {
  readonly userId: string;
  readonly userName: string;
  /** Ids of the groups that the user is in. */
  readonly groups: readonly string[];
}

export interface PermissionSetState {
  readonly arn: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AccountAssignmentState {
  readonly account: string;
  readonly permissionSetArn: string;
  readonly principalType: 'USER' | 'GROUP';
  readonly principalId: string;
}

/** The Identity Center of one region, with its directory. */
export interface IdentityCenterState {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** The account that it was set up in. */
  readonly ownerAccount: string;
  /** Whether the account may manage it: it is the owner, or that is delegated to it. */
  readonly administers: boolean;
  /** How often a change is asked about before it comes to its end. */
  readonly polls: number;
  /** Whether changes come to nothing in the end. */
  readonly fails: boolean;
  readonly users: Record<string, DirectoryUserState>;
  readonly permissionSets: Record<string, PermissionSetState>;
  /** A set: here sorted. */
  assignments: readonly AccountAssignmentState[];
}

/** A change that was asked for. Identity Center tells of it for days; nothing of the account is in it. */
export interface AssignmentRequestState {
  readonly requestId: string;
  readonly instanceArn: string;
  readonly kind: 'creation' | 'deletion';
  readonly assignment: AccountAssignmentState;
  readonly createdAt: string;
  status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  polls: number;
}

export function identityCenterOf(
  cloud: Cloud,
  account: string,
  region: string,
): IdentityCenterState | undefined {
  return cloud.region(account, region).identityCenter;
}

/** Made on first use: a cloud that was saved before it knew of these still loads. */
export function assignmentRequests(cloud: Cloud): Record<string, AssignmentRequestState> {
  cloud.state.assignmentRequests ??= {};
  return cloud.state.assignmentRequests;
}
