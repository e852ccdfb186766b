import { mentionsOfCredentials } from '../../core/credentials.ts';
import { type Document, textAt } from '../../core/document.ts';
import type { Entity } from '../../core/entity.ts';
import type { Mention, Place } from '../../core/mention.ts';

/** A credential and the principal that it belongs to. */
export function mentionsOfAccessKey(details: Document, part: Entity['part'], place: Place): Mention[] {
  const [userType, userName, accessKeyId] = ['userType', 'userName', 'accessKeyId'].map((name) =>
    textAt(details, name),
  );
  return mentionsOfCredentials({ userType, userName, accessKeyId }, part, place);
}
