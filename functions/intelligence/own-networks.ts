import { parseObservable } from '../core/observable.ts';
import type { Indicator } from './compile.ts';
import type { List } from './layout.ts';

const OWN_NETWORKS: List = {
  feed: 'own-networks',
  name: 'policies/environment.yaml',
  says: 'warnings',
};

/** The owner's networks as a warning list, the first of all: no feed says anything against them. */
export function ownNetworks(networks: readonly string[], firstSeen: Date) {
  const indicators = networks.flatMap((text): Indicator[] => {
    const observable = parseObservable(text);
    return observable ? [{ observable, list: 0, firstSeen, confidence: 100, exact: false }] : [];
  });
  return { list: OWN_NETWORKS, indicators };
}
