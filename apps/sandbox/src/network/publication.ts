/** Something the business's side hears of a phone. */
export interface Publication {
  /** `message`, `status:sent`, `template`… for the delivery log. */
  readonly label: string;
  /** The phone it is about; what is about one phone keeps its order. */
  readonly number: string;
  /** The members of `value` after `metadata`, as JSON without the braces. */
  readonly value: string;
  readonly field?: string;
  readonly messageId: string | null;
}
