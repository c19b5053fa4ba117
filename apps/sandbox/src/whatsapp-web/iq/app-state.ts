/** App state: settings of the account that its devices share. */
import type { BinaryNode } from 'baileys';
import { childrenOf, node } from '../node.ts';
import type { Asked, Reply } from './asked.ts';

/** Each collection is as the client has it: what it patches is taken and given to nobody. */
export function appStateSync({ what }: Asked): Reply {
  return [node('sync', {}, childrenOf(what, 'collection').map((collection): BinaryNode => {
    const patched = childrenOf(collection, 'patch').length > 0;
    return node('collection', { name: collection.attrs['name'], type: 'result', version: String(Number(collection.attrs['version'] ?? 0) + (patched ? 1 : 0)) });
  }))];
}
