/** Everything the sandbox consists of, put together in one place. */
import { readFileSync } from 'node:fs';
import { renderUpdate } from './carriers/render.ts';
import type { Sandbox } from './context.ts';
import { Faults } from './faults.ts';
import { Live } from './live.ts';
import { heardByBusiness, tellMessage } from './network/inbound.ts';
import { Ladder } from './network/ladder.ts';
import { Limits } from './network/limits.ts';
import { Links } from './network/links.ts';
import { Publisher } from './network/publish.ts';
import { Review } from './network/review.ts';
import { Typing } from './network/typing.ts';
import type { Runtime } from './runtime.ts';
import type { StartSettings } from './settings.ts';
import { Contents } from './store/contents.ts';
import { Identities } from './store/identities.ts';
import { Journal } from './store/journal.ts';
import { MediaStore } from './store/media.ts';
import { Messages } from './store/messages.ts';
import { Phones } from './store/phones.ts';
import { Templates } from './store/templates.ts';
import { Updates } from './store/updates.ts';
import { TunableStore } from './tunables.ts';
import { WebhookQueue } from './webhooks/queue.ts';
import { WebDoor } from './whatsapp-web/door.ts';

/** Opens the data folder. Throws when another sandbox holds it or a newer one wrote it. */
export function openSandbox(runtime: Runtime, settings: StartSettings): Sandbox {
  const journal = new Journal(settings.dataDir);
  const tunables = new TunableStore(journal, settings.tunables);
  const identities = new Identities(journal, runtime);
  const phones = new Phones(journal, runtime);
  const messages = new Messages(journal, settings.keepMessages);
  const media = new MediaStore(journal, runtime, settings.dataDir);
  const templates = new Templates(journal, runtime);
  const contents = new Contents(journal, runtime);
  const updates = new Updates(journal, settings.keepDeliveries);
  const faults = new Faults(journal, runtime);
  const live = new Live();
  const links = new Links({ runtime, journal, media });
  const queue = new WebhookQueue({
    runtime, journal, identities, updates, faults, tunables, live,
    render: (update, business) => renderUpdate(sandbox, update, business),
    onDelivered: (update) => {
      if (update.label === 'message' && update.messageId !== null) heardByBusiness(sandbox, update.messageId);
    },
  });
  const web = new WebDoor(() => sandbox);
  const publisher = new Publisher({ identities, queue, runtime, web });
  const ladder = new Ladder({ runtime, journal, identities, messages, phones, tunables, publisher, links, tell: (message) => tellMessage(sandbox, message) });
  const review = new Review({ runtime, identities, templates, tunables, publisher });
  const sandbox: Sandbox = {
    runtime, settings, version: readVersion(), instance: readInstance(journal, runtime), journal, tunables, identities, phones, messages, media,
    templates, contents, updates, faults, live, limits: new Limits(runtime), typing: new Typing(live), links, queue, publisher, ladder, review, web, origin: '',
  };
  if (templates.list(identities.demo.wabaId).length === 0) {
    templates.seed(identities.demo.wabaId);
    phones.suggest();
  }
  faults.onChange(() => {
    live.tell({ kind: 'faults', faults: faults.list() });
    web.faultsChanged();
  });
  journal.flush();
  return sandbox;
}

function readInstance(journal: Journal, runtime: Runtime): string {
  const row = journal.prepare("select value from meta where key = 'instance'").get();
  if (row !== undefined) return String(row['value']);
  const instance = runtime.hex(32);
  journal.write();
  journal.prepare("insert into meta values ('instance', ?)").run(instance);
  return instance;
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version?: string };
  return manifest.version ?? '0.0.0';
}
