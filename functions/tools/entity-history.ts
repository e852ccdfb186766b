import * as z from 'zod';
import { defineTool } from '../core/account.ts';
import { boundedList, boundedText } from '../core/bounded.ts';
import { EntityKind, entityKey } from '../core/entity.ts';
import { Severity } from '../core/finding.ts';
import { Disposition } from '../core/verdict.ts';

const LISTED = 20;

/** What was seen of the entity before. It informs; it never decides. */
export const entityHistory = defineTool({
  id: 'entity-history',
  title: 'Past incidents of an entity',
  description:
    'Earlier incidents that involved the same entity: status, disposition, severity, finding types.',
  targets: EntityKind.options,
  reads: [],
  permissions: [],
  output: z.strictObject({
    incidents: z.array(
      z.strictObject({
        incident: z.string(),
        status: z.string(),
        disposition: z.union([Disposition, z.literal('none')]),
        severity: Severity,
        findingTypes: z.array(z.string()),
        openedAt: z.string(),
      }),
    ),
    total: z.number().int().nonnegative(),
    truncated: z.boolean(),
  }),
  // A custom product names its finding types as it likes.
  tainted: ['/incidents/*/findingTypes/*'],

  async ask(target, { history }) {
    const past = await history.of(entityKey(target));
    const { items, truncated } = boundedList(
      past.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt)),
      LISTED,
    );
    return {
      incidents: items.map(({ incident, status, disposition, severity, findingTypes, openedAt }) => ({
        incident,
        status,
        disposition,
        severity,
        findingTypes: findingTypes.slice(0, LISTED).map((type) => boundedText(type)),
        openedAt,
      })),
      total: past.length,
      truncated,
    };
  },
});
