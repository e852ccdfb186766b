import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { NewAction, scaffoldAction } from '../../scripts/scaffold-action.ts';

describe('the start of an action', () => {
  const files = scaffoldAction(NewAction.parse({ id: 'stop-widget', target: 'instance', family: 'compute' }));

  it('is its own folder, and its cases', () => {
    expect(Object.keys(files)).toEqual([
      'functions/actions/stop-widget/action.ts',
      'test/contract/cases/stop-widget.ts',
    ]);
  });

  it('is TypeScript that names the action as the registry expects it', () => {
    for (const text of Object.values(files)) transformSync(text, { loader: 'ts' });
    expect(files['functions/actions/stop-widget/action.ts']).toMatch(
      /export const stopWidget = defineAction\(\{\s+id: 'stop-widget',\s+title: 'Stop widget',\s+targets: \['instance'\]/,
    );
  });

  it('is refused for a name, a target or a family that cannot be', () => {
    for (const wrong of [{ id: 'stop' }, { id: '../x-y' }, { target: 'widget' }, { family: 'mine' }]) {
      const asked = { id: 'stop-widget', target: 'instance', family: 'compute', ...wrong };
      expect(NewAction.safeParse(asked).success).toBe(false);
    }
  });
});
