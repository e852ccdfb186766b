import type { AttackerWritable } from '../../core/source.ts';

/** Fields of an entry of `detail.findings`, of a product of AWS, by why others can write them. */
const byReason: Readonly<Record<string, readonly string[]>> = {
  'quotes names that others chose': [
    'finding_info.title',
    'finding_info.desc',
    'finding_info.related_events[].title',
    'finding_info.traits[].values[]',
  ],
  'whoever may tag or describe the resource writes it': [
    'resources[].tags[].name',
    'resources[].tags[].value',
    'resources[].labels[]',
    'resources[].data.awsEc2InstanceDetails.keyName',
    'resources[].data.*',
  ],
  'whoever may update findings writes it': ['comment', 'unmapped.*'],
  'whoever makes the call passes it': [
    'evidences[].http_request.user_agent',
    'evidences[].data.affected_resource.*',
    'evidences[].data.*',
  ],
  'whoever registers the domain chooses it': [
    'evidences[].query.hostname',
    'evidences[].src_endpoint.domain',
    'evidences[].dst_endpoint.hostname',
  ],
  'whoever runs the process or writes the file names it': [
    'evidences[].process.name',
    'evidences[].process.cmd_line',
    'evidences[].actor.process.name',
    'evidences[].actor.process.file.path',
    'evidences[].file.name',
    'malware[].name',
    'malware[].files[].path',
    'vulnerabilities[].affected_packages[].path',
    'databucket.file.name',
  ],
};

export const attackerWritable: readonly AttackerWritable[] = Object.entries(byReason).flatMap(
  ([why, fields]) => fields.map((field) => ({ field, why })),
);
