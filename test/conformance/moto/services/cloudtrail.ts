import * as CloudTrail from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { ImitatedService } from '../service.ts';
import { eachOf, tagList, tagRecord } from '../shapes.ts';

/** Trails are of their home region. What they deliver, and whether it arrives, is not to be asked for. */
export const cloudtrail: ImitatedService = {
  of: 'region',
  invented: ['latestDeliveryError', 'managementAccount'],

  async seed({ region, cloudtrail: seed }, account) {
    const where = { LocationConstraint: region as 'eu-west-1' };
    for (const Bucket of new Set(seed.trails.map((trail) => trail.s3BucketName)))
      await account.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: where }));
    for (const trail of seed.trails) {
      await account.send(
        new CloudTrail.CreateTrailCommand({
          Name: trail.name,
          S3BucketName: trail.s3BucketName,
          IsMultiRegionTrail: trail.isMultiRegionTrail,
          TagsList: tagList(trail.tags),
        }),
      );
      if (trail.isLogging) await account.send(new CloudTrail.StartLoggingCommand({ Name: trail.name }));
    }
  },

  async read(account) {
    const { trailList } = await account.send(new CloudTrail.DescribeTrailsCommand({}));
    return {
      trails: await eachOf(trailList, 'Name', async (Name, trail) => {
        const { IsLogging } = await account.send(new CloudTrail.GetTrailStatusCommand({ Name }));
        const ResourceIdList = [trail.TrailARN ?? ''];
        const { ResourceTagList } = await account.send(new CloudTrail.ListTagsCommand({ ResourceIdList }));
        return {
          name: Name,
          s3BucketName: trail.S3BucketName,
          isMultiRegionTrail: trail.IsMultiRegionTrail,
          isLogging: IsLogging,
          tags: tagRecord(ResourceTagList?.[0]?.TagsList),
        };
      }),
    };
  },
};
