/** What the page hears while it is open. `seq`-less: who missed something asks the HTTP of the sandbox again. */
export type LiveEvent =
  | { readonly kind: 'message'; readonly number: string; readonly message: unknown }
  | { readonly kind: 'typing'; readonly number: string; readonly phone_number_id: string; readonly on: boolean }
  | { readonly kind: 'phone'; readonly number: string; readonly phone: unknown }
  | { readonly kind: 'delivery'; readonly delivery: unknown }
  | { readonly kind: 'faults'; readonly faults: unknown }
  | { readonly kind: 'numbers' }
  /** QR codes and codes of WhatsApp Web that wait, or linked devices, changed. */
  | { readonly kind: 'codes' }
  | { readonly kind: 'reset' };

export type Listener = (event: LiveEvent) => void;

export class Live {
  readonly #listeners = new Set<Listener>();

  /** Whether anybody listens: building an event nobody hears would cost the benches. */
  get heard(): boolean {
    return this.#listeners.size > 0;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
