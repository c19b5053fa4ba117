import type { Faults } from './faults.ts';
import type { Live } from './live.ts';
import type { Ladder } from './network/ladder.ts';
import type { Limits } from './network/limits.ts';
import type { Links } from './network/links.ts';
import type { Publisher } from './network/publish.ts';
import type { Review } from './network/review.ts';
import type { Typing } from './network/typing.ts';
import type { Runtime } from './runtime.ts';
import type { StartSettings } from './settings.ts';
import type { Contents } from './store/contents.ts';
import type { Identities } from './store/identities.ts';
import type { Journal } from './store/journal.ts';
import type { MediaStore } from './store/media.ts';
import type { Messages } from './store/messages.ts';
import type { Phones } from './store/phones.ts';
import type { Templates } from './store/templates.ts';
import type { Updates } from './store/updates.ts';
import type { TunableStore } from './tunables.ts';
import type { WebhookQueue } from './webhooks/queue.ts';
import type { WebFace } from './whatsapp-web/face.ts';

/** What the parts of the sandbox share. */
export interface Sandbox {
  readonly runtime: Runtime;
  readonly settings: StartSettings;
  readonly version: string;
  /** Random, kept in the data folder: a starter recognises a survivor of its own by it. */
  readonly instance: string;
  readonly journal: Journal;
  readonly tunables: TunableStore;
  readonly identities: Identities;
  readonly phones: Phones;
  readonly messages: Messages;
  readonly media: MediaStore;
  readonly templates: Templates;
  readonly contents: Contents;
  readonly updates: Updates;
  readonly faults: Faults;
  readonly live: Live;
  readonly limits: Limits;
  readonly typing: Typing;
  readonly links: Links;
  readonly queue: WebhookQueue;
  readonly publisher: Publisher;
  readonly ladder: Ladder;
  readonly review: Review;
  readonly web: WebFace;
  /** `http://127.0.0.1:port`, once it listens. */
  origin: string;
}
