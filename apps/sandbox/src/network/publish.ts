import type { Publication } from './publication.ts';
import type { Runtime } from '../runtime.ts';
import type { BusinessNumber, Identities, Waba } from '../store/identities.ts';
import type { WebhookQueue } from '../webhooks/queue.ts';
import type { WebFace } from '../whatsapp-web/face.ts';

/** Makes webhook updates out of what happened, one for each subscribed app. */
export class Publisher {
  readonly #identities: Identities;
  readonly #queue: WebhookQueue;
  readonly #runtime: Runtime;
  readonly #web: WebFace;
  readonly #heads = new Map<string, string>();

  constructor(parts: { identities: Identities; queue: WebhookQueue; runtime: Runtime; web: WebFace }) {
    this.#identities = parts.identities;
    this.#queue = parts.queue;
    this.#runtime = parts.runtime;
    this.#web = parts.web;
  }

  /** About one phone and one number of the business. False: nobody listens. */
  publish(business: BusinessNumber, what: Publication): boolean {
    if (business.carrier === 'whatsapp-web') {
      this.#web.publish(what);
      return true;
    }
    const change = `{"value":{${this.#head(business)}${what.value}},"field":"${what.field ?? 'messages'}"}`;
    return this.#tell({ wabaId: business.wabaId, phoneNumberId: business.phoneNumberId }, {
      change, label: what.label, key: `${business.phoneNumberId}:${what.number}`, messageId: what.messageId,
    });
  }

  /** A change as given, about the WABA as a whole: its `value` has no metadata. */
  publishAccount(waba: Waba, what: { field: string; value: unknown; phoneNumberId?: string }): boolean {
    // Other carriers know the number alone, which has a WABA to itself.
    const only = what.phoneNumberId ?? this.#identities.carrierNumberOf(waba.wabaId)?.phoneNumberId ?? null;
    return this.#tell({ wabaId: waba.wabaId, phoneNumberId: only }, {
      change: JSON.stringify({ value: what.value, field: what.field }), label: what.field, key: `account:${waba.wabaId}`, messageId: null,
    });
  }

  #head(business: BusinessNumber): string {
    const known = this.#heads.get(business.phoneNumberId);
    if (known !== undefined) return known;
    const metadata = JSON.stringify({ display_phone_number: business.businessNumber, phone_number_id: business.phoneNumberId });
    const head = `"messaging_product":"whatsapp","metadata":${metadata},`;
    this.#heads.set(business.phoneNumberId, head);
    return head;
  }

  #tell(of: { wabaId: string; phoneNumberId: string | null }, update: { change: string; label: string; key: string; messageId: string | null }): boolean {
    const at = this.#runtime.now();
    const apps = this.#identities.subscribed(of.wabaId);
    let heard = false;
    for (const [appId] of apps) {
      const listens = this.#identities.destination(appId, of) !== undefined;
      heard ||= listens;
      this.#queue.enqueue({ ...of, ...update, appId, at, ...(listens ? {} : { dropped: 'no callback URL is set: POST /sandbox/webhook' }) });
    }
    if (apps.length === 0) {
      const owner = this.#identities.wabas.get(of.wabaId)?.appId ?? '';
      this.#queue.enqueue({ ...of, ...update, appId: owner, at, dropped: 'no app is subscribed to this WABA' });
    }
    return heard;
  }
}
