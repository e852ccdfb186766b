import * as z from 'zod';

/** S3 Block Public Access, of a bucket or an account (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html). */
export const PublicAccess = z.strictObject({
  blockPublicAcls: z.boolean(),
  ignorePublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  restrictPublicBuckets: z.boolean(),
});
export type PublicAccess = z.infer<typeof PublicAccess>;

/** The settings as they were; null where there were none, which is not the same as all of them off. */
export const PublicAccessBefore = z.strictObject({ settings: PublicAccess.nullable() });

export const everythingBlocked: PublicAccess = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

interface Configuration {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

/** What S3 leaves out is off. */
export function publicAccessOf(configuration: Configuration | undefined): PublicAccess {
  return {
    blockPublicAcls: configuration?.BlockPublicAcls ?? false,
    ignorePublicAcls: configuration?.IgnorePublicAcls ?? false,
    blockPublicPolicy: configuration?.BlockPublicPolicy ?? false,
    restrictPublicBuckets: configuration?.RestrictPublicBuckets ?? false,
  };
}

export function configurationOf(settings: PublicAccess) {
  return {
    BlockPublicAcls: settings.blockPublicAcls,
    IgnorePublicAcls: settings.ignorePublicAcls,
    BlockPublicPolicy: settings.blockPublicPolicy,
    RestrictPublicBuckets: settings.restrictPublicBuckets,
  };
}

export function sameAccess(one: PublicAccess | null, other: PublicAccess | null): boolean {
  return describeAccess(one) === describeAccess(other);
}

/** What counts: S3 applies the stricter of the bucket's own setting and the account's, for access points as well. */
export function strictest(one: PublicAccess | null, other: PublicAccess | null): PublicAccess {
  const on = (name: keyof PublicAccess) => (one?.[name] ?? false) || (other?.[name] ?? false);
  return {
    blockPublicAcls: on('blockPublicAcls'),
    ignorePublicAcls: on('ignorePublicAcls'),
    blockPublicPolicy: on('blockPublicPolicy'),
    restrictPublicBuckets: on('restrictPublicBuckets'),
  };
}

/** `BlockPublicAcls, IgnorePublicAcls`: the settings that are on. */
export function describeAccess(settings: PublicAccess | null): string {
  if (settings === null) return 'no settings';
  const on = Object.entries(configurationOf(settings)).flatMap(([name, isOn]) => (isOn ? [name] : []));
  return on.length === 0 ? 'every setting off' : on.join(', ');
}
