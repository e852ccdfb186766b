// Written by scripts/generate-docs.ts from the contract cases. Do not edit.
import type { PlannedAction } from '../functions/core/plan.ts';

/** What each action says of the resource of its first contract case, by its id. */
export const sentences: Readonly<Record<string, Pick<PlannedAction, 'change' | 'undo' | 'cannotRestore'>>> = {
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
  "quarantine-user": {
    "change": "An inline policy on user fresh denies everything: every call with the user's keys, password or own sessions fails. Sessions of roles that the user took live on.",
    "undo": "Delete that inline policy from user fresh.",
    "cannotRestore": []
  },
  "remove-console-login": {
    "change": "User fresh can no longer sign in to the console. A console session that is open lives on.",
    "undo": "Nothing by itself: an administrator sets a new password for user fresh.",
    "cannotRestore": [
      "the password: AWS gives it to nobody. An administrator sets a new one (iam:CreateLoginProfile)"
    ]
  },
  "require-imdsv2": {
    "change": "The metadata service of i-0a000000000000001 answers requests with a session token alone (HttpTokens required): IMDSv1 fails.",
    "undo": "Set HttpTokens of i-0a000000000000001 to optional again; the hop limit (2) and the endpoint (enabled) are never touched.",
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
  "stop-instance": {
    "change": "i-0a000000000000001 is shut down and stopped: every program on it ends. Its EBS volumes, private addresses and elastic addresses stay.",
    "undo": "Start i-0a000000000000001 again, as it was running before.",
    "cannotRestore": [
      "What is in memory: processes, connections and keys. Take it first if it is evidence.",
      "The launch time that EC2 shows: starting sets it anew.",
      "The public address 203.0.113.10: it is not elastic, and another one comes."
    ]
  }
};
