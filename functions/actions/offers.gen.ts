// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Offer } from '../core/offer.ts';

export const offers: readonly Offer[] = [
  {"id":"block-account-public-access","title":"Block public access to all buckets of an account","targets":["account"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"block-bucket-public-access","title":"Block public access to a bucket","targets":["bucket"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"close-function-url","title":"Close public function URLs","targets":["function"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"deactivate-access-key","title":"Deactivate an access key","targets":["access-key"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"isolate-instance","title":"Isolate an instance from the network","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"protect-bucket-versions","title":"Keep every version in a bucket","targets":["bucket"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"quarantine-object","title":"Quarantine an object","targets":["object"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"quarantine-user","title":"Quarantine a user","targets":["user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"remove-cluster-access","title":"Remove a principal's access to a cluster","targets":["cluster"],"params":{"type":"object","properties":{"principal":{"type":"string","maxLength":640,"pattern":"^arn:aws[\\w-]*:iam::\\d{12}:(role|user)\\/[\\w+=,.@/-]+$"}},"required":["principal"],"additionalProperties":false}},
  {"id":"remove-console-login","title":"Remove console login","targets":["user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"remove-function-permission","title":"Remove strangers from a function's policy","targets":["function"],"params":{"type":"object","properties":{"qualifier":{"type":"string","pattern":"^[\\w-]{1,128}$"}},"additionalProperties":false}},
  {"id":"require-imdsv2","title":"Require IMDSv2 of an instance","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"restrict-bucket","title":"Restrict a bucket to its own account","targets":["bucket"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"revoke-ingress-rule","title":"Revoke ingress rules that are open to the internet","targets":["security-group"],"params":{"type":"object","properties":{"port":{"type":"integer","minimum":1,"maximum":65535}},"additionalProperties":false}},
  {"id":"revoke-sessions","title":"Revoke sessions","targets":["role","user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"snapshot-volumes","title":"Snapshot volumes and protect from termination","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"stop-function","title":"Stop a function","targets":["function"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"stop-instance","title":"Stop an instance","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"stop-service","title":"Stop a container service","targets":["container","cluster"],"params":{"type":"object","properties":{"service":{"type":"string","pattern":"^[\\w-]{1,255}$"}},"additionalProperties":false}},
];
