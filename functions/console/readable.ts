/** `2026-11-21 04:30 UTC`: one zone for everybody who reads it at night. Other texts come back as they are. */
export function readable(iso: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}
