import { callsOf, type Entity } from './entity.ts';

/** What was made, of whom, by which calls: `access-key AKIA… of user:…:dana (CreateAccessKey)`. Names are anybody's text. */
export function footholdWords(found: readonly Entity[], gaps: readonly string[] = []): string {
  const words = [...found.map(thingWords), ...gaps.map((gap) => `not available: ${gap}`)];
  return words.join('; ') || 'none';
}

function thingWords(entity: Entity): string {
  const owner = entity.parent ? ` of ${entity.parent.replace(/^user:\d+:/, 'user ')}` : '';
  return `${entity.kind} ${entity.id}${owner} (${callsOf(entity)})`;
}
