/** Small questions with small answers. */
import { node } from '../node.ts';
import { IqError } from './asked.ts';
import type { Asked, Reply } from './asked.ts';

export function passive({ connection, what, web, device }: Asked): Reply {
  if (what?.tag === 'passive') connection.active = false;
  device.seenAt = web.sandbox.runtime.now();
  return undefined;
}

/** Properties of the experiment platform; the three that clients of today look at. */
export function props(): Reply {
  const of = (key: string, value: string): ReturnType<typeof node> => node('prop', { config_code: key, config_value: value, name: key, value });
  return [node('props', { hash: '1', ab_key: '1', refresh: '86400', refresh_id: '1' }, [of('10518', '0'), of('9666', '0'), of('14303', '0')])];
}

export function blocklist(): Reply {
  return [node('list', { dhash: '1' })];
}

export function privacy(): Reply {
  const names = ['readreceipts', 'last', 'online', 'profile', 'status', 'groupadd', 'calladd', 'messages'];
  return [node('privacy', {}, names.map((name) => node('category', { name, value: 'all' })))];
}

export function mediaConn({ web }: Asked): Reply {
  return [node('media_conn', { auth: web.sandbox.runtime.token(40), ttl: '300', auth_ttl: '300', max_buckets: '12' }, [
    node('host', { hostname: web.media.host, maxContentLengthBytes: String(100 * 1024 * 1024) }),
  ])];
}

/** Nobody here has a picture. */
export function picture(): Reply {
  throw new IqError(404, 'item-not-found');
}
