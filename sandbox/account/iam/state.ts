export interface AccessKeyState {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  status: 'Active' | 'Inactive';
  readonly createDate: string;
  lastUsed?: AccessKeyUse | undefined;
}

export interface AccessKeyUse {
  readonly date: string;
  readonly serviceName: string;
  readonly region: string;
}

/** What users, groups and roles have in common: policies as text, exactly as they were put. */
export interface PolicyHolder {
  readonly inlinePolicies: Record<string, string>;
  /** ARNs of managed policies. */
  readonly attachedPolicies: string[];
}

export interface UserState extends PolicyHolder {
  readonly userName: string;
  readonly userId: string;
  readonly path: string;
  readonly createDate: string;
  readonly passwordLastUsed?: string | undefined;
  readonly accessKeys: AccessKeyState[];
  readonly groups: readonly string[];
  readonly tags: Record<string, string>;
  readonly mfaDevices: readonly { readonly serialNumber: string; readonly enableDate: string }[];
  /** That there is a console password; never which. */
  loginProfile?: { readonly createDate: string; readonly passwordResetRequired: boolean } | undefined;
  /** ARN of a managed policy. */
  readonly permissionsBoundary?: string | undefined;
}

export interface GroupState extends PolicyHolder {
  readonly groupName: string;
  readonly groupId: string;
  readonly path: string;
  readonly createDate: string;
}

export interface RoleState extends PolicyHolder {
  readonly roleName: string;
  readonly roleId: string;
  readonly path: string;
  readonly createDate: string;
  readonly description?: string | undefined;
  trustPolicy: string;
  readonly maxSessionDuration: number;
  readonly tags: Record<string, string>;
  readonly permissionsBoundary?: string | undefined;
}

export interface ManagedPolicyState {
  readonly arn: string;
  readonly policyName: string;
  readonly policyId: string;
  readonly path: string;
  readonly createDate: string;
  readonly defaultVersionId: string;
  /** By version id. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface InstanceProfileState {
  readonly instanceProfileName: string;
  readonly instanceProfileId: string;
  readonly path: string;
  readonly createDate: string;
  readonly roleName?: string | undefined;
}

/** Everything by its name; managed policies by their ARN. */
export interface IamState {
  readonly users: Record<string, UserState>;
  readonly groups: Record<string, GroupState>;
  readonly roles: Record<string, RoleState>;
  readonly policies: Record<string, ManagedPolicyState>;
  readonly instanceProfiles: Record<string, InstanceProfileState>;
}

export function emptyIamState(): IamState {
  return { users: {}, groups: {}, roles: {}, policies: {}, instanceProfiles: {} };
}
