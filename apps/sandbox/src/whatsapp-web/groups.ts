/** Groups: who is in them, and how their devices hear of changes. */
import type { BinaryNode } from 'baileys';
import type { Group, Groups, Role, Web } from './context.ts';
import { lid, node, pn } from './node.ts';

export class AllGroups implements Groups {
  readonly #web: () => Web;
  readonly #groups = new Map<string, Group>();

  constructor(web: () => Web) {
    this.#web = web;
  }

  load(): void {
    this.#groups.clear();
    for (const value of this.#web().store.groups()) {
      const group = JSON.parse(value) as Group;
      this.#groups.set(group.id, group);
    }
  }

  get(id: string): Group | undefined {
    return this.#groups.get(id);
  }

  of(number: string): Group[] {
    return [...this.#groups.values()].filter((group) => isMember(group, number));
  }

  create(by: string, given: { subject: string; members: readonly string[] }): Group {
    const { runtime } = this.#web().sandbox;
    const seconds = Math.floor(runtime.now() / 1000);
    const others = [...new Set(given.members)].filter((number) => number !== by);
    const group: Group = {
      id: `1203630${runtime.digits(11)}@g.us`, subject: given.subject, subjectBy: by, subjectAt: seconds, creator: by, created: seconds,
      members: [{ number: by, role: 'superadmin' }, ...others.map((number) => ({ number, role: null }))],
    };
    this.#groups.set(group.id, group);
    this.#save(group);
    this.#notify(group, by, node('create', { type: 'new', key: `${runtime.hex(24)}` }, [this.describe(group)]));
    return group;
  }

  setSubject(group: Group, by: string, subject: string): void {
    Object.assign(group, { subject, subjectBy: by, subjectAt: Math.floor(this.#web().sandbox.runtime.now() / 1000) });
    this.#save(group);
    const [byLid, byPn] = this.#both(by);
    this.#notify(group, by, node('subject', { subject, s_o: byLid, s_o_pn: byPn, s_t: String(group.subjectAt) }));
  }

  /** Who was not in it before. */
  add(group: Group, by: string, numbers: readonly string[]): string[] {
    const fresh = numbers.filter((number) => !isMember(group, number));
    group.members.push(...fresh.map((number) => ({ number, role: null })));
    this.#changed(group, { by, act: 'add', numbers: fresh });
    return fresh;
  }

  /** Who leaves by himself is removed by himself. */
  remove(group: Group, by: string, numbers: readonly string[]): string[] {
    const gone = numbers.filter((number) => isMember(group, number));
    const heard = group.members.map((member) => member.number);
    group.members = group.members.filter((member) => !gone.includes(member.number));
    // Somebody must be able to run it.
    const [first] = group.members;
    if (first !== undefined && !group.members.some((member) => member.role !== null)) first.role = 'admin';
    this.#changed(group, { by, act: 'remove', numbers: gone, heard });
    return gone;
  }

  setRole(group: Group, by: string, change: { numbers: readonly string[]; act: 'promote' | 'demote' }): string[] {
    const { act } = change;
    const touched = group.members.filter((member) => change.numbers.includes(member.number) && member.role !== 'superadmin');
    for (const member of touched) member.role = act === 'promote' ? 'admin' : null;
    const numbers = touched.map((member) => member.number);
    this.#changed(group, { by, act, numbers });
    return numbers;
  }

  #changed(group: Group, what: { by: string; act: 'add' | 'remove' | 'promote' | 'demote'; numbers: readonly string[]; heard?: readonly string[] }): void {
    this.#save(group);
    if (what.numbers.length === 0) return;
    this.#notify(group, what.by, node(what.act, {}, what.numbers.map((number) => this.#participant(number, null))), what.heard);
  }

  #save(group: Group): void {
    const { store, sandbox } = this.#web();
    if (group.members.length === 0) {
      this.#groups.delete(group.id);
      store.dropGroup(group.id);
    } else store.putGroup(group.id, JSON.stringify(group));
    sandbox.live.tell({ kind: 'codes' });
  }

  #notify(group: Group, by: string, what: BinaryNode, heard: readonly string[] = group.members.map((member) => member.number)): void {
    const { sandbox, directory, outlet } = this.#web();
    const [byLid, byPn] = this.#both(by);
    const stanza = node('notification', {
      from: group.id, type: 'w:gp2', id: sandbox.runtime.digits(10), t: String(Math.floor(sandbox.runtime.now() / 1000)), participant: byLid, participant_pn: byPn, addressing_mode: 'lid',
      notify: sandbox.phones.ensure(by).name || undefined,
    }, [what]);
    for (const number of heard) for (const device of directory.devices(number)) outlet.push(device, stanza);
  }

  #both(number: string): [string, string] {
    return [lid(this.#web().directory.account(number).lid), pn(number)];
  }

  #participant(number: string, role: Role): BinaryNode {
    const [jid, phone] = this.#both(number);
    return node('participant', { jid, phone_number: phone, type: role ?? undefined });
  }

  /** As `groupMetadata` reads it. */
  describe(group: Group): BinaryNode {
    const [creator, creatorPn] = this.#both(group.creator);
    const [subjectBy, subjectByPn] = this.#both(group.subjectBy);
    return node('group', {
      id: group.id.replace('@g.us', ''), subject: group.subject, s_o: subjectBy, s_o_pn: subjectByPn, s_t: String(group.subjectAt), creation: String(group.created),
      creator, creator_pn: creatorPn, size: String(group.members.length), addressing_mode: 'lid', p_v_id: '1', a_v_id: '1',
    }, group.members.map((member) => this.#participant(member.number, member.role)));
  }
}

export function isMember(group: Group, number: string): boolean {
  return group.members.some((member) => member.number === number);
}

export function isAdmin(group: Group, number: string): boolean {
  return group.members.some((member) => member.number === number && member.role !== null);
}
