/** The questions of clients and who answers them (protocol notes 4.5). */
import type { BinaryNode } from 'baileys';
import type { Connection } from '../connection.ts';
import type { Web } from '../context.ts';
import { strikeIq } from '../faults.ts';
import { children, node, SERVER } from '../node.ts';
import type { Device } from '../store.ts';
import { appStateSync } from './app-state.ts';
import { IqError } from './asked.ts';
import type { Asked, Reply } from './asked.ts';
import { askedKeys, countKeys, digest, removeCompanion, storeKeys } from './keys.ts';
import { groupQuery, groupSet } from './groups.ts';
import { blocklist, mediaConn, passive, picture, privacy, props } from './little.ts';
import { usync } from './usync.ts';

type Answer = (asked: Asked) => Reply | Promise<Reply>;

const ANSWERS: Readonly<Record<string, Answer>> = {
  'encrypt get count': countKeys, 'encrypt get digest': digest, 'encrypt get key': askedKeys,
  'encrypt set registration': storeKeys, 'encrypt set type': storeKeys, 'encrypt set identity': storeKeys, 'encrypt set list': storeKeys, 'encrypt set rotate': storeKeys,
  'passive set active': passive, 'passive set passive': passive,
  'usync get usync': usync, 'abt get props': props, 'blocklist get ': blocklist, 'privacy get privacy': privacy, 'w:m set media_conn': mediaConn,
  'w:sync:app:state set sync': appStateSync, 'w:profile:picture get picture': picture, 'md set remove-companion-device': removeCompanion,
  'w:g2 get query': groupQuery, 'w:g2 get participating': groupQuery,
};

export async function answerIq(web: Web, given: { connection: Connection; device: Device; iq: BinaryNode }): Promise<void> {
  const { connection, device, iq } = given;
  const { type = '', id } = iq.attrs;
  if (type !== 'get' && type !== 'set') return;
  const struck = await strikeIq(web, device, iq);
  if (struck === 'drop') return;
  const asked: Asked = { web, connection, device, iq, what: children(iq)[0] };
  let reply: BinaryNode;
  try {
    if (struck instanceof IqError) throw struck;
    const content = await answerOf(iq, asked)?.(asked);
    reply = node('iq', { from: iq.attrs['to'] ?? SERVER, type: 'result', id }, content);
  } catch (error) {
    if (!(error instanceof IqError)) throw error;
    reply = node('iq', { from: iq.attrs['to'] ?? SERVER, type: 'error', id }, [node('error', { code: String(error.code), text: error.message })]);
  }
  connection.send(reply);
  if (struck === 'duplicate') connection.send(reply);
  // What waited for the device goes right after the answer (4.4).
  if (iq.attrs['xmlns'] === 'passive' && asked.what?.tag === 'active' && !connection.active) {
    await web.outlet.replay(connection);
    web.phoneSide.arrived(device);
  }
}

/** What nobody knows here is answered with nothing, which clients take for a yes. */
function answerOf(iq: BinaryNode, asked: Asked): Answer | undefined {
  const { xmlns = '', type = '' } = iq.attrs;
  if (xmlns === 'w:g2' && type === 'set') return groupSet;
  return ANSWERS[`${xmlns} ${type} ${asked.what?.tag ?? ''}`];
}
