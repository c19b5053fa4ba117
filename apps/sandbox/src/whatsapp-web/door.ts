import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import type { Publication } from '../network/publication.ts';
import type { Web } from './context.ts';
import type { GroupView, WebFace } from './face.ts';
import { groupRoutes } from './group-routes.ts';
import type { Loaded } from './load.ts';
import { webRoutes } from './routes.ts';
import { takeUpgrades } from './upgrades.ts';

/**
 * WhatsApp Web behind its face. Its library takes 60 MB and a quarter of a second: nothing of it is loaded until somebody
 * connects or asks, or a phone is linked already.
 */
export class WebDoor implements WebFace {
  readonly #sandbox: () => Sandbox;
  #loading: Promise<Loaded> | undefined;
  #loaded: Loaded | undefined;
  #stopped = false;

  constructor(sandbox: () => Sandbox) {
    this.#sandbox = sandbox;
  }

  readonly load = (): Promise<Loaded> => {
    this.#loading ??= import('./load.ts').then(async ({ loadWeb }) => {
      const loaded = await loadWeb(this.#sandbox());
      if (this.#stopped) loaded.stop();
      this.#loaded = loaded;
      return loaded;
    });
    return this.#loading;
  };

  publish(what: Publication): void {
    this.#loaded?.publish(what);
  }

  async look(number: string): Promise<void> {
    await this.#loaded?.web.phoneSide.look(number);
  }

  members(group: string): string[] {
    return this.#loaded?.web.groups.get(group)?.members.map((member) => member.number) ?? [];
  }

  groupsOf(number: string): GroupView[] {
    return this.#loaded?.web.groups.of(number).map(({ id, subject, members }) => ({ id, subject, members: members.map((member) => ({ number: member.number, role: member.role ?? 'member' })) })) ?? [];
  }

  online(number: string, online: boolean): void {
    this.#loaded?.web.presence.changed(number, online);
  }

  faultsChanged(): void {
    this.#loaded?.faultsChanged();
  }

  routes(app: FastifyInstance): void {
    const load = async (): Promise<Web> => (await this.load()).web;
    webRoutes(app, this.#sandbox(), { load, loaded: () => this.#loaded?.web });
    groupRoutes(app, this.#sandbox(), load);
  }

  upgrades(http: Server): void {
    takeUpgrades(http, async () => (await this.load()).server);
  }

  async resume(): Promise<void> {
    if (this.#sandbox().identities.ofCarrier('whatsapp-web', () => true) !== undefined) await this.load();
  }

  prune(): void {
    this.#loaded?.web.store.pruneSealed(this.#sandbox().settings.keepMessages);
  }

  reset(everything: boolean): void {
    this.#loaded?.reset(everything);
  }

  stop(): void {
    this.#stopped = true;
    this.#loaded?.stop();
  }
}
