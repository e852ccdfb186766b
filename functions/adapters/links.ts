import { randomBytes } from 'node:crypto';
import { digest, sha256 } from '../core/canonical.ts';
import type { ApprovalLink, Links } from '../core/ports.ts';
import { type CoordinationTable, seconds } from './coordination-table.ts';

/** Links to approval pages. A link's secret is only looked up by its hash; asking twice gives the same link. */
export function links(table: CoordinationTable): Links {
  return {
    async issue(link) {
      const { incident, manifestHash, approver, expiresAt } = link;
      const expires = seconds(new Date(expiresAt));
      const fresh = { secret: randomBytes(32).toString('base64url'), expires };
      const pk = `link#of#${digest({ incident, manifestHash, approver, expiresAt })}`;
      await table.put(pk, '-', fresh, { unless: 'exists' });
      const secret = String((await table.get(pk))?.secret ?? fresh.secret);
      await table.put(`link#${sha256(secret)}`, '-', {
        incident,
        manifestHash,
        approver,
        expiresAt,
        expires,
      });
      return secret;
    },
    async find(secret): Promise<ApprovalLink | undefined> {
      const found = await table.get(`link#${sha256(secret)}`);
      if (!found) return undefined;
      const { incident, manifestHash, approver, expiresAt } = found;
      return {
        incident: String(incident),
        manifestHash: String(manifestHash),
        approver: String(approver),
        expiresAt: String(expiresAt),
      };
    },
  };
}
