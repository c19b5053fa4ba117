/** A webhook as it goes over the wire. */
export interface Rendered {
  readonly url: string;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: string[];
}
