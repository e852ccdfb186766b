import { tagServices } from '../adapters/member-services.gen.ts';
import { reads } from '../tags/operations.ts';
import { tagProbe } from '../tags/probe.ts';
import { coveredAccount } from './covered-account.ts';

const accountOf = coveredAccount(tagServices);

/** Loaded where a suppression asks for a tag, and only then: three services' clients are as much as all else of `ingest`. */
export const tags = tagProbe((place, incident) => accountOf(place, reads, incident));
