// Written by scripts/generate.ts from the actions and tools. Do not edit.
import type { Offer } from '../core/offer.ts';

export const offers: readonly Offer[] = [
  {"id":"deactivate-access-key","title":"Deactivate an access key","targets":["access-key"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"isolate-instance","title":"Isolate an instance from the network","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"quarantine-user","title":"Quarantine a user","targets":["user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"remove-console-login","title":"Remove console login","targets":["user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"require-imdsv2","title":"Require IMDSv2 of an instance","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"revoke-ingress-rule","title":"Revoke ingress rules that are open to the internet","targets":["security-group"],"params":{"type":"object","properties":{"port":{"type":"integer","minimum":1,"maximum":65535}},"additionalProperties":false}},
  {"id":"revoke-sessions","title":"Revoke sessions","targets":["role","user"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"snapshot-volumes","title":"Snapshot volumes and protect from termination","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
  {"id":"stop-instance","title":"Stop an instance","targets":["instance"],"params":{"type":"object","properties":{},"additionalProperties":false}},
];
