/**
 * Tags under a key that only Sallyport may write: the SCP that we ship reserves `sallyport:*`. Any other tag is
 * attacker-writable and decides nothing (design, idea 6).
 */
export const reservedTags = {
  /** Its presence on a resource, whatever the value, means that a person must decide. */
  protected: 'sallyport:protected',
  incident: 'sallyport:incident',
  action: 'sallyport:action',
  /** The digest of the manifest under which the resource was made. */
  plan: 'sallyport:plan',
  purpose: 'sallyport:purpose',
  /** What a rule in `policies/suppressions.yaml` may ask for. */
  suppress: 'sallyport:suppress',
} as const;

/** A tag as AWS's APIs answer it: every field may be missing. */
export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Whether a resource carries the reserved protection tag; the tags must have been read back from AWS. */
export function isProtected(tags: readonly Tag[] | undefined): boolean {
  return tags?.some((tag) => tag.Key === reservedTags.protected) ?? false;
}

export function tagValue(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find((tag) => tag.Key === key)?.Value;
}
