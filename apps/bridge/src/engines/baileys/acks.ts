import { EngineError } from '../../engine.ts';
import { Lru } from '../../store/lru.ts';

/** Messages of ours whose confirmation is told once. */
const REMEMBERED = 1000;

/** What WhatsApp's refusals mean (providers.md §5.6, §8); codes that are not here are told as they are. */
const REFUSALS: Readonly<Record<string, string>> = {
  '401': 'This number may not write here.',
  '403': 'This number may not write here.',
  '404': 'There is no such chat.',
  '408': 'WhatsApp did not take it in time.',
  '420': 'This group lets administrators write only.',
  '429': 'Too many messages in a short time.',
  '463': 'WhatsApp does not let this number begin conversations with people it has not heard from at the moment. Answers still go out.',
  '475': 'WhatsApp does not let this number write to this person.',
  '479': 'WhatsApp refused how it was addressed; the devices of the other side may have changed. It may be tried again.',
  '487': 'WhatsApp could not read it.',
};
export const refusalOf = (code: string): string => REFUSALS[code] ?? 'WhatsApp refused it.';

interface Waiter {
  readonly resolve: (status: 'sent' | 'written') => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Confirmations of our own messages: whoever sent one waits for it a while; later ones are told as statuses. */
export class Acks {
  readonly #waiting = new Map<string, Waiter>();
  readonly #ours = new Lru<'waits' | 'confirmed'>(REMEMBERED);

  /** Begins to expect the confirmation of a message that is about to leave. */
  expect(id: string): void {
    this.#ours.set(id, 'waits');
  }

  /** `written` when nothing was heard in time. Rejects with EngineError `refused` or `unconfirmed`. */
  wait(id: string, ms: number): Promise<'sent' | 'written'> {
    if (this.#ours.get(id) === 'confirmed') return Promise.resolve('sent');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve('written');
      }, ms);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** WhatsApp has it. True: for the first time, and it was ours. */
  confirmed(id: string): boolean {
    const before = this.#ours.get(id);
    if (before === undefined || before === 'confirmed') return false;
    this.#ours.set(id, 'confirmed');
    this.#take(id)?.resolve('sent');
    return true;
  }

  /** WhatsApp refused it. True: nobody waits for it any more, so that it must be told as a status. */
  refused(id: string, code: string): boolean {
    const waiter = this.#take(id);
    waiter?.reject(new EngineError('refused', refusalOf(code), code));
    return waiter === undefined && this.#ours.has(id);
  }

  /** The connection is gone: whether what was waited for arrived is not known. */
  broken(): void {
    for (const id of this.#waiting.keys()) this.#take(id)?.reject(new EngineError('unconfirmed', 'The connection broke before WhatsApp confirmed it.'));
  }

  #take(id: string): Waiter | undefined {
    const waiter = this.#waiting.get(id);
    clearTimeout(waiter?.timer);
    this.#waiting.delete(id);
    return waiter;
  }
}
