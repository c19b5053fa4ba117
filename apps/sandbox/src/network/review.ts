/** Meta's review of new templates: a delay, then the approval by webhook. */
import type { Runtime } from '../runtime.ts';
import type { Identities } from '../store/identities.ts';
import type { Template, Templates } from '../store/templates.ts';
import type { TunableStore } from '../tunables.ts';
import type { Publisher } from './publish.ts';

export class Review {
  readonly #parts: { runtime: Runtime; identities: Identities; templates: Templates; tunables: TunableStore; publisher: Publisher };
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(parts: { runtime: Runtime; identities: Identities; templates: Templates; tunables: TunableStore; publisher: Publisher }) {
    this.#parts = parts;
  }

  resume(): void {
    for (const template of this.#parts.templates.pending()) this.start(template);
  }

  /** Approves it when its time has come: at once without a delay. */
  start(template: Template): void {
    const { template_review: delay } = this.#parts.tunables.now;
    const wait = template.createdAt + delay - this.#parts.runtime.now();
    if (wait <= 0) this.decide(template, 'APPROVED');
    else this.#timers.set(template.id, setTimeout(() => this.#approve(template.id), wait));
  }

  #approve(id: string): void {
    this.#timers.delete(id);
    const template = this.#parts.templates.byId(id);
    if (template?.status === 'PENDING') this.decide(template, 'APPROVED');
  }

  /** Sets a status and tells the WABA's apps. */
  decide(template: Template, status: Template['status']): void {
    template.status = status;
    this.#parts.templates.save(template);
    const waba = this.#parts.identities.wabas.get(template.wabaId);
    if (waba === undefined) return;
    this.#parts.publisher.publishAccount(waba, {
      field: 'message_template_status_update',
      value: {
        event: status, message_template_id: Number(template.id), message_template_name: template.name, message_template_language: template.language,
        reason: status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE', message_template_category: template.category,
      },
    });
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
