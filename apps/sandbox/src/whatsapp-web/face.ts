import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Publication } from '../network/publication.ts';

/** A group as its members' phones show it. */
export interface GroupView {
  readonly id: string;
  readonly subject: string;
  readonly members: readonly { readonly number: string; readonly role: 'superadmin' | 'admin' | 'member' }[];
}

/** WhatsApp Web as the rest of the sandbox knows it. */
export interface WebFace {
  /** Something the linked devices of a number should hear: a message of a phone, or what became of theirs. */
  publish(what: Publication): void;
  /** Resolves once a phone has read all that was sealed for it. */
  look(number: string): Promise<void>;
  /** Numbers in a group; none when there is no such group. */
  members(group: string): string[];
  /** The groups a number is in. */
  groupsOf(number: string): GroupView[];
  /** A phone was switched on or off. */
  online(number: string, online: boolean): void;
  /** Faults that strike by themselves. */
  faultsChanged(): void;
  /** Its endpoints below /sandbox. */
  routes(app: FastifyInstance): void;
  /** Takes the WebSockets of `/ws/chat`. */
  upgrades(http: Server): void;
  /** Goes on with what a former process left; nothing is loaded when no phone was ever linked. */
  resume(): Promise<void>;
  prune(): void;
  /** Forgets what was said, or everything. */
  reset(everything: boolean): void;
  stop(): void;
}
