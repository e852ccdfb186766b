import { evaluate } from '../authorize/evaluate.ts';
import type { Authorization, Call, Caller, RequestContext, Requirement } from '../wire/service.ts';
import { accountOfArn, nameOfArn } from './arns.ts';
import type { Cloud } from './cloud.ts';
import { principalId } from './principal-id.ts';
import type { Principals } from './principals.ts';

export type Authorize = (caller: Caller, requirements: readonly Requirement[], call: Call) => Authorization;

/** The server's `authorize`: every requirement must be allowed; the first that is not gives the reason. */
export function createAuthorizer(cloud: Cloud, principals: Principals): Authorize {
  return (caller, requirements, call) => {
    const policies = principals.policiesOf(caller);
    const globalContext = contextOf(cloud, principals, caller, call);
    for (const requirement of requirements) {
      const { action, resource, context, resourcePolicy } = requirement;
      const resourceAccount = requirement.resourceAccount ?? owningAccount(resource);
      const decision = evaluate(
        { ...policies, resourcePolicy, resourceAccount },
        {
          principalArn: caller.arn,
          roleArn: caller.roleArn,
          account: caller.account,
          action,
          resource,
          context: { ...globalContext, ...ownerContext(cloud, caller, resourceAccount), ...context },
        },
      );
      if (!decision.allowed) return refusal(caller, action, resource, decision.because);
    }
    return { allowed: true };
  };
}

/** Undefined for `*` and for AWS's own policies: they count as the caller's. */
function owningAccount(resource: string): string | undefined {
  const account = accountOfArn(resource);
  return /^\d{12}$/.test(account) ? account : undefined;
}

/** AWS's sentence, which investigators and our own tools know how to read. */
function refusal(caller: Caller, action: string, resource: string, because: string): Authorization {
  const reason = `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return { allowed: false, reason };
}

/**
 * The global condition keys
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html). Only sessions have a
 * token issue time, which is what makes a deny by it spare long-term keys. The sandbox stands for TLS endpoints.
 */
function contextOf(cloud: Cloud, principals: Principals, caller: Caller, call: Call): RequestContext {
  return {
    'aws:currenttime': cloud.now().toISOString(),
    'aws:epochtime': String(Math.floor(cloud.now().getTime() / 1000)),
    'aws:principalaccount': caller.account,
    'aws:principalarn': caller.roleArn ?? caller.arn,
    'aws:principalisawsservice': 'false',
    'aws:principalorgid': cloud.organizationOf(caller.account),
    'aws:principaltype': caller.roleArn === undefined ? 'User' : 'AssumedRole',
    'aws:requestedregion': call.region,
    'aws:securetransport': 'true',
    'aws:sourceip': call.sourceIpAddress,
    'aws:useragent': call.userAgent,
    'aws:userid': principalId(cloud, caller),
    'aws:viaawsservice': 'false',
    ...sessionContext(principals, caller),
    ...principalTags(cloud, caller),
  };
}

function ownerContext(cloud: Cloud, caller: Caller, resourceAccount = caller.account): RequestContext {
  return {
    'aws:resourceaccount': resourceAccount,
    'aws:resourceorgid': cloud.organizationOf(resourceAccount),
  };
}

function sessionContext(principals: Principals, caller: Caller): RequestContext {
  const session = principals.session(caller.accessKeyId);
  if (!session) return { 'aws:username': nameOfArn(caller.arn) };
  return {
    'aws:tokenissuetime': session.issuedAt,
    'aws:multifactorauthpresent': 'false',
    ...(session.sourceIdentity === undefined ? {} : { 'aws:sourceidentity': session.sourceIdentity }),
  };
}

function principalTags(cloud: Cloud, caller: Caller): RequestContext {
  const { users, roles } = cloud.account(caller.account).iam;
  const holder =
    caller.roleArn === undefined ? users[nameOfArn(caller.arn)] : roles[nameOfArn(caller.roleArn)];
  const tags = Object.entries(holder?.tags ?? {});
  return Object.fromEntries(tags.map(([key, value]) => [`aws:principaltag/${key.toLowerCase()}`, value]));
}
