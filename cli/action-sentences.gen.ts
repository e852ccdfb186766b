// Written by scripts/generate-docs.ts from the contract cases. Do not edit.
import type { PlannedAction } from '../functions/core/plan.ts';

/** What each action says of the resource of its first contract case, by its id. */
export const sentences: Readonly<Record<string, Pick<PlannedAction, 'change' | 'undo' | 'cannotRestore'>>> = {
  "block-account-public-access": {
    "change": "All four settings of S3 Block Public Access are on for the whole account 111122223333 (before: no settings): nobody outside reaches any of its buckets through a public policy or ACL, and none can be made.",
    "undo": "Delete the settings of account 111122223333, which had none.",
    "cannotRestore": []
  },
  "block-address": {
    "change": "IP set sallyport-blocked-v4 gets 203.0.113.99/32: 1 web ACL(s) of this region block its requests, but for what an earlier rule of theirs allows. What does not pass a web ACL still gets through.",
    "undo": "Take 203.0.113.99/32 out of IP set sallyport-blocked-v4 again; what else it holds stays.",
    "cannotRestore": []
  },
  "block-bucket-public-access": {
    "change": "All four settings of S3 Block Public Access are on for bucket shop-assets (before: no settings): nobody outside the account reaches it through a public policy or ACL, and none can be made.",
    "undo": "Delete the settings of bucket shop-assets, which had none.",
    "cannotRestore": []
  },
  "block-domain": {
    "change": "Domain list sallyport-blocked-domains gets c2.example.net: DNS Firewall blocks queries for this one name in 1 VPC(s) of this region, but for what an earlier rule allows. Names below it, other resolvers, and whoever knows an address already still get through.",
    "undo": "Take c2.example.net out of domain list sallyport-blocked-domains again; what else it holds stays.",
    "cannotRestore": []
  },
  "cancel-key-deletion": {
    "change": "The deletion of key 0a000000-0000-4000-8000-000000000001 (due 2026-12-18T12:00:00.000Z) is cancelled, and the key is enabled: what it encrypted can be read again.",
    "undo": "Schedule the deletion of key 0a000000-0000-4000-8000-000000000001 again, with the days that are then left, 7 at least.",
    "cannotRestore": [
      "The moment of deletion, 2026-12-18T12:00:00.000Z: KMS counts whole days from the day of the undo, 7 at least and 30 at most, so it comes later."
    ]
  },
  "close-function-url": {
    "change": "1 URL(s) of checkout answer signed requests alone (AWS_IAM); everybody else gets 403.",
    "undo": "Let the same 1 URL(s) answer everybody again (NONE).",
    "cannotRestore": []
  },
  "create-flow-logs": {
    "change": "All traffic of eni-0a000000000000001, eni-0a000000000000002, accepted and rejected, is recorded into bucket example-flow-logs from now on. What went before is not.",
    "undo": "Delete exactly these flow logs; what they recorded stays in the bucket.",
    "cannotRestore": []
  },
  "deactivate-access-key": {
    "change": "Access key AKIASTOLEN000000000A of user ci-deploy becomes Inactive: every call signed with it fails.",
    "undo": "Set access key AKIASTOLEN000000000A to Active again.",
    "cannotRestore": []
  },
  "deny-network-acl": {
    "change": "rule 99 of acl-0a000000000000001: everything from 203.0.113.99/32 is denied, for all that is in the subnets behind, open connections included.",
    "undo": "Delete exactly these rules: rule 99 of acl-0a000000000000001.",
    "cannotRestore": []
  },
  "deny-principal-by-organization": {
    "change": "A service control policy on account 111122223333 denies everything to role deploy and to nobody else, whatever IAM allows. Who administers the account cannot lift it. A role of the same name and path that is made later is denied as well.",
    "undo": "Detach that service control policy from account 111122223333, and delete it.",
    "cannotRestore": []
  },
  "deregister-targets": {
    "change": "i-0a000000000000001 gets no new connections from web (port 80); those that are open drain for as long as each group allows, 5 minutes by default. It keeps running.",
    "undo": "Register i-0a000000000000001 with the same 1 target group port(s) again; traffic follows once its health checks pass.",
    "cannotRestore": []
  },
  "detach-instance-profile": {
    "change": "i-0a000000000000001 loses the instance profile arn:aws:iam::111122223333:instance-profile/service/web-profile: its metadata service gives out no new credentials of arn:aws:iam::111122223333:role/service/web. Credentials that it gave out already stay valid for up to 6 hours, wherever they are; revoke-sessions on the role ends them.",
    "undo": "Associate the instance profile arn:aws:iam::111122223333:instance-profile/service/web-profile with i-0a000000000000001 again.",
    "cannotRestore": [
      "The id of the association: a new one comes."
    ]
  },
  "enable-bedrock-logging": {
    "change": "Every call of a Bedrock model in eu-west-1 is logged into bucket example-model-logs, with all that was asked and answered. What was called before now is not.",
    "undo": "Delete the logging configuration of eu-west-1 again: nothing is logged, as before.",
    "cannotRestore": []
  },
  "enter-standby": {
    "change": "i-0a000000000000001 goes into standby: its Auto Scaling group neither replaces nor terminates it, its load balancers send it nothing more, and the group wants one instance less until then. It keeps running, and reaches the network as before.",
    "undo": "Take i-0a000000000000001 out of standby: it is in service again, and the group wants one instance more.",
    "cannotRestore": []
  },
  "isolate-instance": {
    "change": "Every network interface of i-0a000000000000001 (2) gets one security group that allows nothing; for a moment before, one that allows everything, because only that cuts established connections.",
    "undo": "Put the saved security groups back on each interface; remove the groups made for this, if unused.",
    "cannotRestore": []
  },
  "make-database-private": {
    "change": "Database orders loses its public address: clients outside of its VPC can no longer connect. Changes of it that wait for the maintenance window go on waiting.",
    "undo": "Make database orders publicly accessible again; its security groups are never touched.",
    "cannotRestore": []
  },
  "protect-bucket-versions": {
    "change": "Versioning of bucket shop-assets is Enabled (before: never), which S3 may take 15 minutes to heed. Of its lifecycle rules, 0 that delete are Disabled.",
    "undo": "Suspend versioning in bucket shop-assets. Versions that were kept stay.",
    "cannotRestore": [
      "That versioning was never enabled: S3 can only suspend it, and keeps the versions made meanwhile."
    ]
  },
  "protect-instance": {
    "change": "Termination protection of i-0a000000000000001 is turned on, and 1 volume(s) that would be deleted with it no longer are. It keeps running; stopping it, or shutting it down from inside, is still possible.",
    "undo": "Restore termination protection and DeleteOnTermination of i-0a000000000000001 as they were.",
    "cannotRestore": []
  },
  "quarantine-object": {
    "change": "A delete marker hides the object, whose current version is v2: whoever asks for it is told that there is none. That version stays, and whoever may read versions still can.",
    "undo": "Delete exactly that delete marker by its version id: the object is seen again as it was.",
    "cannotRestore": []
  },
  "quarantine-user": {
    "change": "An inline policy on user fresh denies everything: every call with the user's keys, password or own sessions fails. Sessions of roles that the user took live on.",
    "undo": "Delete that inline policy from user fresh.",
    "cannotRestore": []
  },
  "remove-account-assignment": {
    "change": "User alice@example.com of IAM Identity Center loses permission set Admin in account 111122223333, and opens no new session with it. Sessions that are open live on, for up to 12 hours. Other permission sets of the user stay.",
    "undo": "Assign permission set Admin to user alice@example.com in account 111122223333 again.",
    "cannotRestore": []
  },
  "remove-cluster-access": {
    "change": "1 access policies of EKS are taken from role deploy in cluster prod. Connections into pods that are open now stay until they end.",
    "undo": "Give role deploy the same 1 access policies again, with the same scope.",
    "cannotRestore": [
      "The time since when EKS says that the policies are associated: giving them back sets it anew."
    ]
  },
  "remove-console-login": {
    "change": "User fresh can no longer sign in to the console. A console session that is open lives on.",
    "undo": "Nothing by itself: an administrator sets a new password for user fresh.",
    "cannotRestore": [
      "the password: AWS gives it to nobody. An administrator sets a new one (iam:CreateLoginProfile)"
    ]
  },
  "remove-function-permission": {
    "change": "7 statement(s) leave the policy of checkout: these may no longer call it: 444455556666, everybody, o-abcdefghij. Policies of its other versions and aliases stay as they are.",
    "undo": "Add the same 7 statement(s) again.",
    "cannotRestore": []
  },
  "require-imdsv2": {
    "change": "The metadata service of i-0a000000000000001 answers requests with a session token alone (HttpTokens required): IMDSv1 fails.",
    "undo": "Set HttpTokens of i-0a000000000000001 to optional again; the hop limit (2) and the endpoint (enabled) are never touched.",
    "cannotRestore": []
  },
  "restrict-bucket": {
    "change": "One Deny statement is added to the policy of bucket shop-assets: everybody who is not of account 111122223333, AWS's own services aside, is refused everything. The rest of the policy stays.",
    "undo": "Delete the policy of bucket shop-assets, which had none; statements that others add meanwhile stay.",
    "cannotRestore": []
  },
  "restrict-principal-networks": {
    "change": "An inline policy on user bob denies every call that does not come from 198.51.100.0/24. Calls that AWS services make for it go on; calls over other VPC endpoints do not.",
    "undo": "Delete that inline policy from user bob.",
    "cannotRestore": []
  },
  "restrict-role-trust": {
    "change": "Role vendor no longer trusts account 444455556666. Its own account and AWS services keep the trust that they have. Sessions that outsiders hold live on for up to 12 hours: revoke-sessions ends them.",
    "undo": "Write the trust policy of role vendor as it stood.",
    "cannotRestore": []
  },
  "revoke-ingress-rule": {
    "change": "2 ingress rule(s) of sg-0c000000000000001 that let the internet in on port 3389 are revoked: tcp 3389 from 0.0.0.0/0, tcp 3389 from ::/0. Connections that are open now live on until they end.",
    "undo": "Authorize the same 2 rule(s) again, with their descriptions.",
    "cannotRestore": [
      "The ids of the rules: 2 new one(s) come."
    ]
  },
  "revoke-sessions": {
    "change": "An inline policy on role web denies everything to sessions issued before the change. Whoever may open a new session still can.",
    "undo": "Delete that inline policy from role web.",
    "cannotRestore": []
  },
  "rotate-secret": {
    "change": "The rotation function of secret shop/orders-AbCdEf makes a new value and puts it in force, in what the secret opens too. The old value stops working as soon as the function makes it so.",
    "undo": "Let version 0a000000-0000-4000-8000-0000000000c0 of secret shop/orders-AbCdEf count as current again, as long as it exists. Its password must then be set again in what it opens.",
    "cannotRestore": [
      "The old password in the database or service itself: the rotation function replaced it there. After the undo a person sets it again, or nothing that reads the secret can log in.",
      "Which version is AWSPREVIOUS: the rotated one keeps that label, so that the password in force is not lost."
    ]
  },
  "run-document": {
    "change": "Systems Manager runs document sallyport-block-instance-metadata on i-0a000000000000001: its firewall rejects what every user but root, and every container with a network of its own, sends to the instance metadata service. Credentials that were fetched before live on, and a restart of the instance ends the rule.",
    "undo": "Run document sallyport-restore-instance-metadata on i-0a000000000000001, which removes exactly these rules.",
    "cannotRestore": [
      "What programs left undone while they got no metadata and no credentials.",
      "The history of commands of the instance, in which Systems Manager keeps both runs for 30 days."
    ]
  },
  "share-snapshots": {
    "change": "2 snapshot(s) that we took of i-0a000000000000001 are shared with account 999988887777: it can read everything on them. One that is encrypted it can use only with access to its key, which this does not give.",
    "undo": "Stop sharing exactly these with account 999988887777.",
    "cannotRestore": [
      "what account 999988887777 has copied of them by then"
    ]
  },
  "snapshot-volumes": {
    "change": "2 volume(s) of i-0a000000000000001 are snapshotted; termination protection is turned on; no volume is deleted on termination.",
    "undo": "Delete exactly these snapshots; restore termination protection and DeleteOnTermination as they were.",
    "cannotRestore": []
  },
  "start-trail-logging": {
    "change": "Trail audit records again, into bucket example-trail-logs. What was called while it stood still is in CloudTrail's event history alone, for 90 days.",
    "undo": "Stop the logging of trail audit again.",
    "cannotRestore": []
  },
  "stop-function": {
    "change": "No execution of checkout starts any more: 0 are reserved for it. Executions that run now go on until they end, at most 15 minutes.",
    "undo": "Remove the reservation of checkout again.",
    "cannotRestore": [
      "Calls that are refused meanwhile: direct callers get an error; asynchronous events wait for 6 hours at most and are then dropped, or kept by a dead-letter queue if there is one."
    ]
  },
  "stop-instance": {
    "change": "i-0a000000000000001 is shut down and stopped: every program on it ends. Its EBS volumes, private addresses and elastic addresses stay.",
    "undo": "Start i-0a000000000000001 again, as it was running before.",
    "cannotRestore": [
      "What is in memory: processes, connections and keys. Take it first if it is evidence.",
      "The launch time that EC2 shows: starting sets it anew.",
      "The public address 203.0.113.10: it is not elastic, and another one comes."
    ]
  },
  "stop-service": {
    "change": "Service web in cluster prod wants 0 tasks instead of 2: all its tasks are stopped, and none is started.",
    "undo": "Let service web want 2 tasks again: new ones are started.",
    "cannotRestore": [
      "The tasks themselves: what is in memory and on their own disks is lost, evidence too. Take it first if it is needed.",
      "The ids and addresses of the tasks: starting again makes new ones."
    ]
  },
  "unshare-database-snapshot": {
    "change": "Database snapshot orders-2026 can be restored by this account alone, and no longer by account 444455556666, account 999988887777. Copies that they made stay with them.",
    "undo": "Share database snapshot orders-2026 with exactly these again.",
    "cannotRestore": []
  },
  "unshare-snapshot": {
    "change": "EBS snapshot snap-0a000000000000001 is no longer shared with everybody on AWS: they can neither copy it nor make volumes of it. Copies and volumes that they made before stay theirs.",
    "undo": "Share snap-0a000000000000001 with everybody on AWS again.",
    "cannotRestore": []
  }
};
