/** Rows of WhatsApp Web: accounts, linked devices, keys, and what waits for them. */
import type { Journal, Row } from '../store/journal.ts';
import { number as integer, numberOrNull, text } from '../store/journal.ts';

/** A device linked to a phone. */
export interface Device {
  readonly number: string;
  /** From 1 on; never given twice for a number. */
  readonly device: number;
  readonly name: string;
  readonly platform: string;
  readonly noiseKey: Buffer;
  /** 32 bytes. */
  readonly identity: Buffer;
  readonly registrationId: number;
  signedPreKey: { id: number; value: string; signature: string };
  readonly keyIndex: number;
  /** Whether the phone has given it its keys and history. */
  synced: boolean;
  readonly linkedAt: number;
  seenAt: number;
}

/** A stanza that waits for a device's acknowledgement. */
export interface Queued {
  readonly seq: number;
  readonly class: string;
  readonly id: string;
  readonly node: Buffer;
}

/** Something a phone has not decrypted yet. */
export interface Sealed {
  readonly seq: number;
  readonly messageSeq: number | null;
  readonly envelope: Envelope;
  readonly sealed: Buffer;
}

export interface Envelope {
  readonly kind: 'pkmsg' | 'msg' | 'skmsg';
  readonly author: { readonly number: string; readonly device: number };
  readonly id: string;
  readonly group?: string;
  /** How often the phone has asked for it again. */
  readonly retries?: number;
}

export class WebStore {
  readonly #journal: Journal;
  readonly #sql;

  constructor(journal: Journal) {
    this.#journal = journal;
    const sql = (statement: string): ReturnType<Journal['prepare']> => journal.prepare(statement);
    this.#sql = {
      account: sql('select * from web_accounts where number = ?'), accountOfLid: sql('select number from web_accounts where lid = ?'),
      addAccount: sql('insert into web_accounts values (?, ?, ?, 1, ?)'), nextDevice: sql('update web_accounts set next_device = next_device + 1 where number = ? returning next_device - 1 as device'),
      devices: sql('select * from web_devices where number = ? order by device'), anyDevice: sql('select 1 as found from web_devices limit 1'), allDevices: sql('select * from web_devices order by number, device'),
      putDevice: sql(`insert into web_devices values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do update set signed_prekey = excluded.signed_prekey, synced = excluded.synced, seen_at = excluded.seen_at`),
      removeDevice: ['web_devices', 'web_prekeys', 'web_queue'].map((table) => sql(`delete from ${table} where number = ? and device = ?`)),
      addPreKey: sql('insert or replace into web_prekeys values (?, ?, ?, ?)'), takePreKey: sql('delete from web_prekeys where (number, device, id) in (select number, device, id from web_prekeys where number = ? and device = ? order by id limit 1) returning id, value'),
      countPreKeys: sql('select count(*) as n from web_prekeys where number = ? and device = ?'), dropPreKeys: sql('delete from web_prekeys where number = ? and device = ?'),
      key: sql('select value from web_keys where number = ? and type = ? and id = ?'), putKey: sql('insert into web_keys values (?, ?, ?, ?) on conflict do update set value = excluded.value'),
      dropKey: sql('delete from web_keys where number = ? and type = ? and id = ?'), dropKeysLike: sql('delete from web_keys where number = ? and type = ? and id like ?'),
      enqueue: sql('insert into web_queue (number, device, class, id, node) values (?, ?, ?, ?, ?)'), queue: sql('select * from web_queue where number = ? and device = ? and seq > ? order by seq limit ?'),
      acknowledged: sql('delete from web_queue where seq = (select seq from web_queue where number = ? and device = ? and class = ? and id = ? order by seq limit 1)'),
      countQueue: sql('select count(*) as n from web_queue where number = ? and device = ?'),
      seal: sql('insert into web_sealed (number, message_seq, envelope, sealed) values (?, ?, ?, ?)'), sealed: sql('select * from web_sealed where number = ? order by seq limit ?'), unseal: sql('delete from web_sealed where seq = ?'),
      isSealed: sql('select 1 as found from web_sealed where number = ? limit 1'), pruneSealed: sql('delete from web_sealed where seq in (select seq from web_sealed where seq <= (select max(seq) from web_sealed) - ? order by seq limit 2000)'),
      toSay: sql('insert or ignore into web_unsaid values (?)'), said: sql('delete from web_unsaid where message_seq = ?'), unsaid: sql('select message_seq from web_unsaid order by message_seq'),
      groups: sql('select * from web_groups'), putGroup: sql('insert into web_groups values (?, ?) on conflict do update set value = excluded.value'), dropGroup: sql('delete from web_groups where id = ?'),
    };
  }

  account(number: string): { number: string; lid: string; keys: string } | undefined {
    const row = this.#sql.account.get(number);
    return row === undefined ? undefined : { number, lid: text(row, 'lid'), keys: text(row, 'keys') };
  }

  numberOfLid(lid: string): string | undefined {
    const row = this.#sql.accountOfLid.get(lid);
    return row === undefined ? undefined : text(row, 'number');
  }

  addAccount(account: { number: string; lid: string; keys: string; at: number }): void {
    this.#journal.write();
    this.#sql.addAccount.run(account.number, account.lid, account.keys, account.at);
  }

  nextDevice(number: string): number {
    this.#journal.write();
    return Number(this.#sql.nextDevice.get(number)?.['device'] ?? 1);
  }

  devices(): Device[] {
    return this.#sql.allDevices.all().map(deviceOf);
  }

  saveDevice(device: Device): void {
    this.#journal.write();
    this.#sql.putDevice.run(
      device.number, device.device, device.name, device.platform, device.noiseKey, device.identity, device.registrationId,
      JSON.stringify(device.signedPreKey), device.keyIndex, Number(device.synced), device.linkedAt, device.seenAt,
    );
  }

  removeDevice(device: { number: string; device: number }): void {
    this.#journal.write();
    for (const statement of this.#sql.removeDevice) statement.run(device.number, device.device);
  }

  addPreKeys(of: { number: string; device: number }, keys: readonly { id: number; value: Buffer }[]): void {
    this.#journal.write();
    for (const key of keys) this.#sql.addPreKey.run(of.number, of.device, key.id, key.value);
  }

  /** A one-time key, which is gone with that. */
  takePreKey(of: { number: string; device: number }): { id: number; value: Buffer } | undefined {
    this.#journal.write();
    const row = this.#sql.takePreKey.get(of.number, of.device);
    return row === undefined ? undefined : { id: integer(row, 'id'), value: blob(row, 'value') };
  }

  countPreKeys(of: { number: string; device: number }): number {
    return Number(this.#sql.countPreKeys.get(of.number, of.device)?.['n'] ?? 0);
  }

  dropPreKeys(of: { number: string; device: number }): void {
    this.#journal.write();
    this.#sql.dropPreKeys.run(of.number, of.device);
  }

  key(number: string, type: string, id: string): Buffer | undefined {
    const row = this.#sql.key.get(number, type, id);
    return row === undefined ? undefined : blob(row, 'value');
  }

  putKey(of: { number: string; type: string; id: string }, value: Uint8Array | null): void {
    this.#journal.write();
    if (value === null) this.#sql.dropKey.run(of.number, of.type, of.id);
    else this.#sql.putKey.run(of.number, of.type, of.id, value);
  }

  dropKeysLike(number: string, type: string, pattern: string): void {
    this.#journal.write();
    this.#sql.dropKeysLike.run(number, type, pattern);
  }

  enqueue(of: { number: string; device: number }, item: { class: string; id: string; node: Buffer }): number {
    this.#journal.write();
    return Number(this.#sql.enqueue.run(of.number, of.device, item.class, item.id, item.node).lastInsertRowid);
  }

  queue(of: { number: string; device: number }, page: { after: number; limit: number }): Queued[] {
    return this.#sql.queue.all(of.number, of.device, page.after, page.limit).map((row) => ({ seq: integer(row, 'seq'), class: text(row, 'class'), id: text(row, 'id'), node: blob(row, 'node') }));
  }

  countQueue(of: { number: string; device: number }): number {
    return Number(this.#sql.countQueue.get(of.number, of.device)?.['n'] ?? 0);
  }

  acknowledged(of: { number: string; device: number }, item: { class: string; id: string }): void {
    this.#journal.write();
    this.#sql.acknowledged.run(of.number, of.device, item.class, item.id);
  }

  seal(number: string, item: { messageSeq: number | null; envelope: Envelope; sealed: Buffer }): void {
    this.#journal.write();
    this.#sql.seal.run(number, item.messageSeq, JSON.stringify(item.envelope), item.sealed);
  }

  sealed(number: string, limit: number): Sealed[] {
    return this.#sql.sealed.all(number, limit).map((row) => ({
      seq: integer(row, 'seq'), messageSeq: numberOrNull(row, 'message_seq'), envelope: JSON.parse(text(row, 'envelope')) as Envelope, sealed: blob(row, 'sealed'),
    }));
  }

  anySealed(number: string): boolean {
    return this.#sql.isSealed.get(number) !== undefined;
  }

  unseal(seq: number): void {
    this.#journal.write();
    this.#sql.unseal.run(seq);
  }

  /** Forgets the oldest beyond the cap, at most 2,000 a call; who looks later asks for them again. */
  pruneSealed(keep: number): void {
    this.#journal.write();
    this.#sql.pruneSealed.run(keep);
  }

  toSay(messageSeq: number): void {
    this.#journal.write();
    this.#sql.toSay.run(messageSeq);
  }

  said(messageSeq: number): void {
    this.#journal.write();
    this.#sql.said.run(messageSeq);
  }

  unsaid(): number[] {
    return this.#sql.unsaid.all().map((row) => integer(row, 'message_seq'));
  }

  groups(): string[] {
    return this.#sql.groups.all().map((row) => text(row, 'value'));
  }

  putGroup(id: string, value: string): void {
    this.#journal.write();
    this.#sql.putGroup.run(id, value);
  }

  dropGroup(id: string): void {
    this.#journal.write();
    this.#sql.dropGroup.run(id);
  }

  /** Everything said and everything waiting; accounts, devices and keys stay. */
  forgetTalk(): void {
    this.#journal.write();
    for (const table of ['web_queue', 'web_sealed', 'web_unsaid']) this.#journal.db.exec(`delete from ${table}`);
  }

  forgetAll(): void {
    this.forgetTalk();
    for (const table of ['web_devices', 'web_prekeys', 'web_keys', 'web_accounts', 'web_groups']) this.#journal.db.exec(`delete from ${table}`);
  }
}

function blob(row: Row, column: string): Buffer {
  const value = row[column];
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.alloc(0);
}

function deviceOf(row: Row): Device {
  return {
    number: text(row, 'number'), device: integer(row, 'device'), name: text(row, 'name'), platform: text(row, 'platform'), noiseKey: blob(row, 'noise_key'), identity: blob(row, 'identity'),
    registrationId: integer(row, 'registration_id'), signedPreKey: JSON.parse(text(row, 'signed_prekey')) as Device['signedPreKey'], keyIndex: integer(row, 'key_index'),
    synced: row['synced'] === 1, linkedAt: integer(row, 'linked_at'), seenAt: integer(row, 'seen_at'),
  };
}
