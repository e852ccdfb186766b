// Written by scripts/generate-docs.ts from the contract cases. Do not edit.
import type { PlannedAction } from '../functions/core/plan.ts';

/** What each action says of the resource of its first contract case, by its id. */
export const sentences: Readonly<Record<string, Pick<PlannedAction, 'change' | 'undo' | 'cannotRestore'>>> = {
  "block-account-public-access": {
    "change": "All four settings of S3 Block Public Access are on for the whole account 111122223333 (before: no settings): nobody outside reaches any of its buckets through a public policy or ACL, and none can be made.",
    "undo": "Delete the settings of account 111122223333, which had none.",
    "cannotRestore": []
  },
  "block-bucket-public-access": {
    "change": "All four settings of S3 Block Public Access are on for bucket shop-assets (before: no settings): nobody outside the account reaches it through a public policy or ACL, and none can be made.",
    "undo": "Delete the settings of bucket shop-assets, which had none.",
    "cannotRestore": []
  },
  "close-function-url": {
    "change": "1 URL(s) of checkout answer signed requests alone (AWS_IAM); everybody else gets 403.",
    "undo": "Let the same 1 URL(s) answer everybody again (NONE).",
    "cannotRestore": []
  },
  "deactivate-access-key": {
    "change": "Access key AKIASTOLEN000000000A of user ci-deploy becomes Inactive: every call signed with it fails.",
    "undo": "Set access key AKIASTOLEN000000000A to Active again.",
    "cannotRestore": []
  },
  "isolate-instance": {
    "change": "Every network interface of i-0a000000000000001 (2) gets one security group that allows nothing; for a moment before, one that allows everything, because only that cuts established connections.",
    "undo": "Put the saved security groups back on each interface; remove the groups made for this, if unused.",
    "cannotRestore": []
  },
  "protect-bucket-versions": {
    "change": "Versioning of bucket shop-assets is Enabled (before: never), which S3 may take 15 minutes to heed. Of its lifecycle rules, 0 that delete are Disabled.",
    "undo": "Suspend versioning in bucket shop-assets. Versions that were kept stay.",
    "cannotRestore": [
      "That versioning was never enabled: S3 can only suspend it, and keeps the versions made meanwhile."
    ]
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
  "snapshot-volumes": {
    "change": "2 volume(s) of i-0a000000000000001 are snapshotted; termination protection is turned on; no volume is deleted on termination.",
    "undo": "Delete exactly these snapshots; restore termination protection and DeleteOnTermination as they were.",
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
  }
};
