/** WhatsApp Web put together. */
import { join } from 'node:path';
import type { Sandbox } from '../context.ts';
import type { Publication } from '../network/publication.ts';
import type { Journal } from '../store/journal.ts';
import type { Web } from './context.ts';
import { Directory } from './directory.ts';
import { strikeAll, strikeMedia } from './faults.ts';
import { AllGroups } from './groups.ts';
import { serverIdentity } from './identity.ts';
import { MediaServer } from './media-server.ts';
import { Outlet } from './outlet.ts';
import { QrAndCode } from './pairing.ts';
import { AllPhones } from './phone-side.ts';
import { WhoIsThere } from './presence.ts';
import { quietSignal } from './quiet.ts';
import { Serial } from './serial.ts';
import { WebServer } from './server.ts';
import { Signal } from './signal.ts';
import { WebStore } from './store.ts';

export interface Loaded {
  readonly web: Web;
  readonly server: WebServer;
  publish(what: Publication): void;
  faultsChanged(): void;
  reset(everything: boolean): void;
  stop(): void;
}

export async function loadWeb(sandbox: Sandbox): Promise<Loaded> {
  quietSignal();
  const { journal, runtime, phones } = sandbox;
  const identity = await serverIdentity(journal, runtime);
  const store = new WebStore(journal);
  const directory = new Directory({ store, phones, runtime });
  const media = new MediaServer({ folder: join(sandbox.settings.dataDir, 'whatsapp-web-media'), tls: identity.tls, fault: (direction) => strikeMedia(web, direction) });
  const late = (): Web => web;
  const web: Web = {
    sandbox, identity, store, directory, media, signal: new Signal(store, directory), serial: new Serial(), outlet: new Outlet(journal, store),
    pairing: new QrAndCode(late), groups: new AllGroups(late), presence: new WhoIsThere(late), phoneSide: new AllPhones(late),
  };
  web.groups.load();
  keepPort(journal, await media.listen(keptPort(journal)));
  const server = new WebServer(web);
  web.phoneSide.resume();
  return {
    web, server,
    publish: (what) => publish(web, what),
    faultsChanged: () => strikeAll(web),
    reset: (everything) => reset(web, everything),
    stop: () => {
      server.close();
      media.close();
    },
  };
}

function publish(web: Web, what: Publication): void {
  const message = what.messageId === null ? undefined : web.sandbox.messages.byId(what.messageId);
  if (message === undefined) return;
  switch (what.label) {
    case 'message': web.phoneSide.say(message); return;
    case 'status:delivered': web.phoneSide.ticked(message, 'delivered'); return;
    case 'status:read': web.phoneSide.ticked(message, 'read'); return;
    case 'status:played': web.phoneSide.ticked(message, 'played'); return;
    default: return;
  }
}

function reset(web: Web, everything: boolean): void {
  if (!everything) {
    web.store.forgetTalk();
    return;
  }
  for (const device of web.directory.all()) web.phoneSide.unlink(device, { told: false });
  web.store.forgetAll();
  web.signal.forgetAll();
  web.directory.load();
  web.groups.load();
  web.media.removeAll();
}

/** Files sent before a restart are looked for where they were. */
function keptPort(journal: Journal): number {
  return Number(journal.prepare("select value from meta where key = 'whatsapp_web_media_port'").get()?.['value'] ?? 0);
}

function keepPort(journal: Journal, port: number): void {
  journal.write();
  journal.prepare("insert into meta values ('whatsapp_web_media_port', ?) on conflict do update set value = excluded.value").run(String(port));
}
