/** Who connects: logins of linked devices, clients that want to be linked, and what each of them says. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { BinaryNode, proto } from 'baileys';
import { WebSocketServer } from 'ws';
import { Connection } from './connection.ts';
import type { ConnectionEvents } from './connection.ts';
import type { Web } from './context.ts';
import { strikeConnected, strikeLogin } from './faults.ts';
import { answerIq } from './iq/router.ts';
import { child, lid, node } from './node.ts';
import { relayMessage } from './relay.ts';
import { relayReceipt } from './receipts.ts';
import type { TakesUpgrades } from './upgrades.ts';

export class WebServer implements ConnectionEvents, TakesUpgrades {
  readonly #web: Web;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 16 * 1024 * 1024 });

  constructor(web: Web) {
    this.#web = web;
  }

  /** Takes over what asks for `/ws/chat`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      const { identity, sandbox } = this.#web;
      client.binaryType = 'nodebuffer';
      new Connection(client, { identity, journal: sandbox.journal, events: this });
    });
  }

  close(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
  }

  entered(connection: Connection, hello: { clientKey: Buffer; payload: proto.ClientPayload }): void {
    const username = Number(hello.payload.username ?? 0);
    if (username === 0) this.#web.pairing.begin(connection, hello);
    else this.#login(connection, { number: String(username), device: hello.payload.device ?? 0, clientKey: hello.clientKey });
  }

  #login(connection: Connection, who: { number: string; device: number; clientKey: Buffer }): void {
    const { directory, outlet, sandbox, store } = this.#web;
    const device = directory.device(who);
    if (device === undefined || !device.noiseKey.equals(who.clientKey)) {
      connection.fail(401);
      return;
    }
    const refused = strikeLogin(this.#web, device);
    if (refused !== undefined) {
      connection.fail(refused);
      return;
    }
    const before = outlet.connection(device);
    connection.device = device;
    outlet.connected(device, connection);
    before?.end('replaced');
    device.seenAt = sandbox.runtime.now();
    store.saveDevice(device);
    const account = directory.account(device.number);
    const seconds = String(Math.floor(device.seenAt / 1000));
    connection.send(node('success', { t: seconds, props: '27', companion_enc_static: '', lid: lid(account.lid, device.device), display_name: sandbox.phones.ensure(device.number).name || undefined, abprops: '0', location: 'rva' }));
    connection.send(node('ib', { from: '@s.whatsapp.net' }, [node('edge_routing', {}, [node('routing_info', {}, Buffer.from(`${device.number}:${device.device}`))])]));
    sandbox.live.tell({ kind: 'codes' });
    strikeConnected(this.#web, connection);
  }

  async said(connection: Connection, stanza: BinaryNode): Promise<void> {
    const { device } = connection;
    if (device === undefined) {
      this.#web.pairing.heard(connection, stanza);
      return;
    }
    switch (stanza.tag) {
      case 'iq': await answerIq(this.#web, { connection, device, iq: stanza }); return;
      case 'message': relayMessage(this.#web, { connection, device, stanza }); return;
      case 'receipt': relayReceipt(this.#web, { connection, device, stanza }); return;
      case 'ack': this.#web.outlet.acknowledged(device, { class: stanza.attrs['class'] ?? '', id: stanza.attrs['id'] ?? '' }); return;
      case 'presence': case 'chatstate': this.#web.presence.said(connection, stanza); return;
      // An acknowledgement for the offline batch, calls it rejects, statistics: nothing depends on them.
      case 'ib': case 'call': case 'notification': if (stanza.tag === 'call') connection.send(node('ack', { class: 'call', id: stanza.attrs['id'], from: stanza.attrs['to'], type: child(stanza, 'reject')?.tag })); return;
      default: return;
    }
  }

  closed(connection: Connection): void {
    this.#web.pairing.gone(connection);
    const { device } = connection;
    if (device === undefined) return;
    this.#web.outlet.disconnected(device, connection);
    this.#web.presence.gone(connection);
    device.seenAt = this.#web.sandbox.runtime.now();
    this.#web.sandbox.live.tell({ kind: 'codes' });
  }
}
