import { at, type Document, listAt, textAt } from '../../core/document.ts';
import type { Entity } from '../../core/entity.ts';
import { type Mention, mentionOfArn } from '../../core/mention.ts';

/** A container; its own and its image's name were chosen by whoever started it. */
export function mentionsOfContainers(details: Document, part: Entity['part']): Mention[] {
  const id = textAt(details, 'id');
  const name = textAt(details, 'name');
  const image = textAt(details, 'image');
  return [
    ...(id ? [{ kind: 'container', id, part, trust: 'asserted' } satisfies Mention] : []),
    ...(!id && name ? [claim('container', name, part)] : []),
    ...(image ? [{ kind: 'image', id: image, part: 'related', trust: 'claimed' } satisfies Mention] : []),
  ];
}

/** A cluster of ECS with the task that runs there, which is as much the target, and the containers of the task. */
export function mentionsOfEcsCluster(details: Document, part: Entity['part']): Mention[] {
  const task = at(details, 'taskDetails');
  const named = [textAt(details, 'arn'), textAt(task, 'arn')].flatMap(
    (arn) => (arn && mentionOfArn(arn, part, 'asserted')) || [],
  );
  const definition = mentionOfArn(textAt(task, 'definitionArn') ?? '', 'related', 'asserted');
  return [
    ...named,
    ...(definition ? [definition] : []),
    ...listAt(task, 'containers').flatMap((container) => mentionsOfContainers(container, 'related')),
  ];
}

/** Names inside a cluster belong to whoever may write to it: all of them are claims. */
export function mentionsOfKubernetes(details: Document): Mention[] {
  const user = textAt(details, 'kubernetesUserDetails', 'username');
  const impersonated = textAt(details, 'kubernetesUserDetails', 'impersonatedUser', 'username');
  const workload = at(details, 'kubernetesWorkloadDetails');
  const name = textAt(workload, 'name');
  const namespace = textAt(workload, 'namespace') ?? 'default';
  return [
    ...(user ? [claim('other', `kubernetes-user:${user}`, 'actor')] : []),
    ...(impersonated ? [claim('other', `kubernetes-user:${impersonated}`, 'related')] : []),
    ...(name ? [claim('container', `${namespace}/${name}`, 'target')] : []),
    ...listAt(workload, 'containers').flatMap((one) => {
      const image = textAt(one, 'image');
      return image ? [claim('image', image, 'related')] : [];
    }),
  ];
}

function claim(kind: Entity['kind'], id: string, part: Entity['part']): Mention {
  return { kind, id, part, trust: 'claimed' };
}
