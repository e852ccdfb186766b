import { DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, type PrincipalBase, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission } from '../functions/core/account.ts';
import { ActionRoles } from './actions.ts';
import { blockedDomainsList } from './blocked-domains.ts';
import { type Config, type Organization, organizationOf } from './config.ts';
import { ReviewedDocuments } from './documents.ts';
import { evidenceReader } from './evidence.ts';
import { Forwarding } from './forwarding.ts';
import type { OwnersData } from './foundation.ts';
import { type FunctionName, IAM_PATH, iamName, READER_ROLE, roleArn } from './names.ts';
import { asksForTags, type Catalogue, joined, planReads, toolReads, toStatements } from './permissions.ts';
import { trustForIncidents } from './trust.ts';

interface SpokeStackProps {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly owners: OwnersData;
}

/** The hub's functions that take the reader role. */
function readersOf({ suppressions }: OwnersData): FunctionName[] {
  const always: FunctionName[] = ['triage', 'investigate', 'plan', 'watch-health'];
  return asksForTags(suppressions) ? ['ingest', ...always] : always;
}

/**
 * What a member account gives to the hub: one role that reads, one that reads evidence, one per action, and the reviewed documents. It is deployed in the hub's region,
 * whose name ends every role's. No account is written in it and it holds no code, so that a StackSet can deploy it.
 */
export class SpokeStack extends Stack {
  readonly reader: Role;
  readonly evidenceReader: Role;
  readonly roles: ActionRoles;

  constructor(scope: Construct, id: string, { config, catalogue, owners }: SpokeStackProps) {
    super(scope, id, {
      description: 'Sallyport in a member account: the roles that the hub takes, and nothing that runs',
      // A StackSet's accounts need not be bootstrapped.
      synthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
      }) as IStackSynthesizer,
    });
    const organization = organizationOf(config);
    this.reader = trustForIncidents(this, 'Reader', hubFunctions(this, organization, readersOf(owners)), {
      roleName: iamName(this, READER_ROLE),
      path: IAM_PATH,
      description: 'Reads what tools ask, and what plans and the health watch need',
      inlinePolicies: {
        reads: new PolicyDocument({
          statements: toStatements(joined(memberReads(catalogue))),
        }),
      },
    });
    this.evidenceReader = evidenceReader(this, hubFunctions(this, organization, ['collect']), catalogue);
    this.roles = new ActionRoles(this, 'Actions', {
      actions: catalogue.actions,
      trusted: (family) => hubFunctions(this, organization, [`remediate-${family}`]),
      standsOn: [],
      forensicsAccount: config.forensicsAccount,
    });
    new ReviewedDocuments(this, 'ReviewedDocuments');
    blockedDomainsList(this);
    if (config.forwardFindings) new Forwarding(this, 'Forwarding', organization);
  }
}

/** What the hub reads of a member, but for evidence. */
export function memberReads(catalogue: Catalogue): Permission[] {
  return [...toolReads(catalogue), ...planReads(catalogue)];
}

/**
 * Functions of the hub, by their roles' names. A role that stands as the principal itself would have to exist first,
 * and IAM would keep its id, so that a hub that is deployed anew would be refused
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
function hubFunctions(
  scope: Construct,
  { hubAccount, organizationId }: Organization,
  names: readonly FunctionName[],
): PrincipalBase {
  return new AccountPrincipal(hubAccount).withConditions({
    StringEquals: { 'aws:PrincipalOrgID': organizationId },
    ArnEquals: { 'aws:PrincipalArn': names.map((name) => roleArn(scope, hubAccount, name)) },
  });
}
