import { Mode } from '../core/decision.ts';
import type { KillSwitch } from '../core/ports.ts';
import type { CoordinationTable } from './coordination-table.ts';

/** The kill switch. Absent means `observe`: a fresh deployment looks and changes nothing. Unreadable means `off`. */
export function killSwitch(table: CoordinationTable): KillSwitch {
  return {
    async read() {
      try {
        const found = await table.get('mode');
        return found ? Mode.parse(found.mode) : 'observe';
      } catch (error) {
        console.error(
          JSON.stringify({ message: 'the mode cannot be read: taken as off', error: String(error) }),
        );
        return 'off';
      }
    },
    async write(mode) {
      await table.put('mode', '-', { mode });
    },
  };
}
