import type { Undoing } from './plan.ts';

/** What undoing a change costs, as a sentence for whoever decides on it. An action that says nothing gives access back. */
export function undoingInWords(undoing: Undoing | undefined): string {
  switch (undoing) {
    case 'harmless':
      return 'Undoing it gives nobody access back and loses nothing.';
    case 'loses-evidence':
      return 'Undoing it gives nobody access back, but loses what was kept as evidence.';
    case undefined:
      return 'Undoing it gives access, or cover, back to whoever was kept from it.';
  }
}
