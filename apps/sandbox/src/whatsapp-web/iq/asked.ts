import type { BinaryNode } from 'baileys';
import type { Connection } from '../connection.ts';
import type { Web } from '../context.ts';
import type { Device } from '../store.ts';

/** A question of a linked device. */
export interface Asked {
  readonly web: Web;
  readonly connection: Connection;
  readonly device: Device;
  readonly iq: BinaryNode;
  /** The first child, which says what is wanted. */
  readonly what: BinaryNode | undefined;
}

/** The content of the result; nothing: an empty one. */
export type Reply = BinaryNode[] | undefined;

/** A refusal in the words of the wire. */
export class IqError extends Error {
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }
}
