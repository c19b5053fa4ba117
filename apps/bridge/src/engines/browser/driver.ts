import type { Group, LookupAnswer, MemberAction, MembersAnswer } from '@centralita/contracts/bridge';
import type { Logger } from '@centralita/platform/log';
import type { EngineContent } from '../../engine.ts';

/** What a library needs to begin. */
export interface LaunchOptions {
  readonly session: string;
  readonly chromium: string;
  readonly arguments: readonly string[];
  /** The browser's profile, prepared. */
  readonly profile: string;
  readonly device: string;
  readonly log: Logger;
  /** A page that is served in place of WhatsApp Web, for tests. */
  readonly page?: TestPage | undefined;
}
/** A stand-in for WhatsApp Web: a folder with `<version>.html`, which browsers are given instead of the real page. */
export interface TestPage {
  readonly folder: string;
  readonly version: string;
}

/** What happens in the page, in the words of no library. */
export interface PageEvents {
  /** A code to scan. */
  qr(text: string): void;
  /** Scanned, or logging in with the stored login. */
  authenticated(): void;
  ready(me: { readonly phone?: string | undefined; readonly lid?: string | undefined; readonly name?: string | undefined; readonly platform?: string | undefined }): void;
  message(raw: RawMessage): void;
  /** -1 refused, 0 waits, 1 at WhatsApp, 2 on the device, 3 read, 4 played. */
  ack(raw: RawMessage, ack: number): void;
  edited(raw: RawMessage, text: string): void;
  revoked(raw: RawMessage): void;
  reaction(reaction: { readonly message: RawKey; readonly sender: string; readonly emoji: string; readonly at: number; readonly id: string }): void;
  call(call: { readonly id: string; readonly peer: string; readonly video: boolean; readonly group: boolean }): void;
  group(change: { readonly group: string; readonly kind: string; readonly by?: string | undefined; readonly members: readonly string[]; readonly text?: string | undefined; readonly at?: number | undefined }): void;
  /**
   * The session ended, in WhatsApp Web's own word: LOGOUT, CONFLICT, UNPAIRED, TIMEOUT …; or NO_BROWSER, BROWSER_GONE, PAGE_FAILED,
   * UNSUPPORTED_PAGE, AUTH_FAILURE. `text` tells more where there is more.
   */
  ended(word: string, text?: string): void;
}

export interface RawKey {
  readonly id: string;
  readonly fromMe: boolean;
  readonly remote: string;
  readonly participant?: string | undefined;
  readonly _serialized: string;
}
/** A message as WhatsApp Web's own model has it, when the libraries pass it on. */
export interface RawMessage {
  readonly id: RawKey;
  readonly type: string;
  readonly subtype?: string | undefined;
  readonly body?: string | undefined;
  readonly caption?: string | undefined;
  /** Seconds. */
  readonly t?: number | undefined;
  readonly from: string;
  readonly to: string;
  readonly author?: string | undefined;
  readonly notifyName?: string | undefined;
  readonly ack?: number | undefined;
  readonly mimetype?: string | undefined;
  readonly filename?: string | undefined;
  readonly size?: number | undefined;
  readonly filehash?: string | undefined;
  readonly duration?: string | number | undefined;
  readonly isAnimated?: boolean | undefined;
  readonly lat?: number | undefined;
  readonly lng?: number | undefined;
  readonly loc?: string | undefined;
  readonly isLive?: boolean | undefined;
  readonly clientUrl?: string | undefined;
  readonly vcardFormattedName?: string | undefined;
  readonly vcardList?: readonly { readonly vcard?: string; readonly displayName?: string; readonly formattedName?: string }[] | undefined;
  readonly pollName?: string | undefined;
  readonly pollOptions?: readonly { readonly name: string }[] | undefined;
  readonly selectedButtonId?: string | undefined;
  readonly listResponse?: { readonly title?: string; readonly description?: string; readonly singleSelectReply?: { readonly selectedRowId?: string } } | undefined;
  readonly orderId?: string | undefined;
  readonly orderTitle?: string | undefined;
  readonly token?: string | undefined;
  readonly itemCount?: number | undefined;
  readonly quotedStanzaID?: string | undefined;
  readonly quotedParticipant?: string | { readonly _serialized: string } | undefined;
  readonly quotedMsg?: { readonly body?: string; readonly caption?: string } | undefined;
  readonly isForwarded?: boolean | undefined;
  readonly mentionedJidList?: readonly (string | { readonly _serialized: string })[] | undefined;
  readonly ctwaContext?: Readonly<Record<string, unknown>> | undefined;
}

export interface PageMessage {
  /** Chosen beforehand: the page sends under it. */
  readonly id: string;
  readonly chat: string;
  readonly content: EngineContent;
  /** Of the message it answers, the page's own whole id. */
  readonly quote?: string | undefined;
  /** Of the message that a reaction, an edit or a revocation means. */
  readonly target?: string | undefined;
}

/** One page of WhatsApp Web in a browser of its own, by one of the libraries. Every call may throw what the page threw. */
export interface Driver {
  /** Resolves when the browser runs and the page was asked for. */
  launch(options: LaunchOptions, events: PageEvents): Promise<void>;
  /** Of the browser; undefined before it runs. */
  pid(): number | undefined;
  close(): Promise<void>;
  logout(): Promise<void>;
  /** WhatsApp Web's word for its connection: CONNECTED when all is well. */
  state(): Promise<string | undefined>;
  /** Resolves when the page took it; `ack` as it was then. */
  send(message: PageMessage): Promise<{ readonly key: RawKey; readonly ack: number }>;
  /** Whether a message of ours is in the page under this id; then it is not sent again. */
  find(chat: string, id: string): Promise<{ readonly key: RawKey; readonly ack: number } | undefined>;
  seen(chat: string): Promise<void>;
  typing(chat: string, state: 'composing' | 'recording' | 'paused'): Promise<void>;
  /** Base64. Undefined: no longer there. */
  download(serialized: string): Promise<{ readonly data: string; readonly mime_type: string } | undefined>;
  /** The address under which WhatsApp knows a number; undefined: it does not. */
  resolve(phone: string): Promise<string | undefined>;
  lookup(phones: readonly string[]): Promise<LookupAnswer['results']>;
  /** The phone number behind a LID, digits, if the page knows. */
  phoneOf(lid: string): Promise<string | undefined>;
  pairingCode(phone: string): Promise<string>;
  readonly groups: DriverGroups;
}
export interface DriverGroups {
  list(): Promise<Group[]>;
  get(group: string): Promise<Group | undefined>;
  create(subject: string, members: readonly string[]): Promise<string>;
  change(group: string, what: { readonly subject?: string | undefined; readonly description?: string | undefined }): Promise<void>;
  members(group: string, action: MemberAction, members: readonly string[]): Promise<MembersAnswer['members']>;
  leave(group: string): Promise<void>;
}
