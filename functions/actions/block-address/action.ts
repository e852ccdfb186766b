import { ListTagsForResourceCommand } from '@aws-sdk/client-wafv2';
import * as z from 'zod';
import { defineAction } from '../../core/account.ts';
import { NothingToDoError, TargetNotFoundError, WrongStateError } from '../../core/errors.ts';
import { keptByCode } from '../../core/infrastructure-as-code.ts';
import { addressText, isGlobal, type Network, parseAddress } from '../../core/network.ts';
import type { Consequence } from '../../core/plan.ts';
import { isProtected, type Tag } from '../../core/reserved-tags.ts';
import { refuseShared } from '../../core/shared-addresses.ts';
import { addressBook } from './address-book.ts';
import { addAddress, checkRoom, findSet, holds, readSet, removeAddress } from './ip-set.ts';
import { beforeOf, permissions, type Reader, reads, writes } from './operations.ts';
import { readWebAcls } from './web-acls.ts';

/**
 * Puts one address into an IP set that the owner's web ACLs block. Which of them obey, and with which rule before or
 * after, stays the owner's own decision: the set alone is written.
 */
export const blockAddress = defineAction({
  id: 'block-address',
  title: 'Block an address at the web application firewall',
  targets: ['address'],
  danger: 'medium',
  family: 'network',
  order: 'network',
  params: z.strictObject({}),
  reads,
  writes,
  permissions,

  async plan(target, _params, account) {
    const address = publicAddress(target.id);
    const cidr = `${addressText(address)}/${address.bits}`;
    const ipSet = await findSet(address.family, account);
    const contents = await readSet(ipSet, account);
    if (holds(contents.addresses, address))
      throw new NothingToDoError(`address ${addressText(address)}`, `is in IP set ${ipSet.name}`);
    checkRoom(ipSet, contents, address.family);
    await refuseShared(address, addressBook(account));
    const webAcls = (await readWebAcls(ipSet.arn, account)).filter(({ blocks }) => blocks);
    if (webAcls.length === 0)
      throw new WrongStateError(
        `IP set ${ipSet.name}`,
        'in no rule of a web ACL that blocks',
        'add one with the action Block that refers to it; rules inside of rule groups are not looked at',
      );
    const tags = await readTags(ipSet.arn, account);
    return {
      before: { ipSet, cidr, webAcls: webAcls.map(({ arn }) => arn) },
      expected: { blocked: cidr },
      change: `IP set ${ipSet.name} gets ${cidr}: ${webAcls.length} web ACL(s) of this region block its requests, but for what an earlier rule of theirs allows. What does not pass a web ACL still gets through.`,
      undo: `Take ${cidr} out of IP set ${ipSet.name} again; what else it holds stays.`,
      cannotRestore: [],
      blastRadius: [...blastRadius(webAcls.length), ...keptByCode(tags)],
      protectedTarget: isProtected(tags),
      observed: { id: target.id },
    };
  },

  async execute(planned, account) {
    const { ipSet, cidr } = beforeOf(planned);
    await addAddress(ipSet, cidr, account);
  },

  async verify(planned, account) {
    const { ipSet, cidr, webAcls } = beforeOf(planned);
    const held = holds((await readSet(ipSet, account)).addresses, publicAddress(planned.target.id));
    const now = await readWebAcls(ipSet.arn, account);
    const blocking = now.filter(({ blocks }) => blocks).length;
    const stopped = now.filter(({ arn, blocks }) => !blocks && webAcls.includes(arn)).length;
    return {
      status: held && blocking > 0 && stopped === 0 ? 'done' : 'not-done',
      observed: `IP set ${ipSet.name} ${held ? 'holds' : 'does not hold'} ${cidr}; ${blocking} web ACL(s) block what it holds, and ${stopped} of the plan no longer do`,
    };
  },

  async rollback(planned, account) {
    const { ipSet, cidr } = beforeOf(planned);
    try {
      await removeAddress(ipSet, cidr, account);
    } catch (error) {
      // With the set, the address went as well.
      if (!(error instanceof TargetNotFoundError)) throw error;
    }
  },
});

/** Throws TargetNotFoundError for what is no address, and WrongStateError for one that nobody on the internet has. */
function publicAddress(text: string): Network {
  const address = parseAddress(text);
  if (!address) throw new TargetNotFoundError(`address ${text}`);
  if (!isGlobal(address))
    throw new WrongStateError(`address ${text}`, 'private or reserved', 'nobody on the internet has it');
  return address;
}

async function readTags(ResourceARN: string, account: Reader): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  let NextMarker: string | undefined;
  do {
    const page = await account.send(new ListTagsForResourceCommand({ ResourceARN, Limit: 100, NextMarker }));
    tags.push(...(page.TagInfoForResource?.TagList ?? []));
    NextMarker = page.NextMarker;
  } while (NextMarker);
  return tags;
}

function blastRadius(webAcls: number): readonly Consequence[] {
  return [
    { what: 'web ACLs that block what the set holds', count: webAcls, evidence: 'ListWebACLs, GetWebACL' },
    {
      what: 'load balancers, APIs and other resources behind these web ACLs',
      count: null,
      evidence: 'not read: each kind of resource is listed apart',
    },
    {
      what: 'others behind the address, such as an office or a carrier that shares it',
      count: null,
      evidence: 'not available: nobody but its owner knows',
    },
  ];
}
