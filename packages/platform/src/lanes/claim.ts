/** A lease on one lane: while `fresh()`, no other process works on it and its owner may commit and send. */
export interface Claim {
  readonly kind: string;
  readonly key: string;
  readonly companyId: string | undefined;
  readonly epoch: number;
  /** Earlier failures of the work at the head of this lane. */
  readonly attempts: number;
  /** Pending work the owner knows of, by the claim and what it finished since. */
  readonly seen: number;
  /**
   * Whether the lease is certainly still ours, by the monotonic clock since the last confirmed heartbeat. Ask right
   * before anything that cannot be fenced by a commit: a process that was stopped and woke up late answers false.
   */
  fresh(): boolean;
}

export class HeldClaim implements Claim {
  readonly kind: string;
  readonly key: string;
  readonly companyId: string | undefined;
  readonly epoch: number;
  readonly attempts: number;
  /** Pending work the owner knows of; more on the row means that somebody rang. */
  seen: number;
  lost = false;
  #until: number;

  constructor(row: { kind: string; key: string; company_id: string | null; epoch: number; pending: number; attempts: number }, until: number) {
    this.kind = row.kind;
    this.key = row.key;
    this.companyId = row.company_id ?? undefined;
    this.epoch = row.epoch;
    this.attempts = row.attempts;
    this.seen = row.pending;
    this.#until = until;
  }

  fresh(): boolean {
    return !this.lost && performance.now() < this.#until;
  }

  extend(until: number): void {
    this.#until = until;
  }
}

/** The commit was refused because another process took the lane over. Whatever was to be written is the new owner's business. */
export class LeaseLost extends Error {
  /** Those that are known to be gone; empty: at least one of the transaction's. */
  readonly claims: readonly Claim[];

  constructor(kind: string, claims: readonly Claim[] = []) {
    super(`the lease of a ${kind} lane was lost`);
    this.name = 'LeaseLost';
    this.claims = claims;
  }
}
