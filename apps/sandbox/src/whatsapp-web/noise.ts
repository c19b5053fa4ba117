/** The server's half of Noise_XX_25519_AESGCM_SHA256, and the frames on top of it (protocol notes 4.1). */
import { aesDecryptGCM, aesEncryptGCM, Curve, hkdf, proto, sha256 } from 'baileys';
import type { KeyPair } from 'baileys';
import type { ServerIdentity } from './identity.ts';

const PROTOCOL = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0', 'latin1');
/** "WA", protocol 6, dictionary 3: what Baileys 7 speaks. */
const HEADER = Buffer.from([0x57, 0x41, 0x06, 0x03]);
const NOTHING = Buffer.alloc(0);
/** No stanza of a client is near this size; what is larger is no client. */
const LONGEST_FRAME = 8 * 1024 * 1024;

function nonce(counter: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(counter, 8);
  return iv;
}

export class NoiseServer {
  readonly #identity: ServerIdentity;
  readonly #ephemeral: KeyPair = Curve.generateKeyPair();
  #hash: Buffer = PROTOCOL;
  #salt: Buffer = PROTOCOL;
  #key: Buffer = PROTOCOL;
  #counter = 0;
  #clientEphemeral: Uint8Array = NOTHING;
  #transport: { readKey: Buffer; writeKey: Buffer; reads: number; writes: number } | undefined;

  constructor(identity: ServerIdentity) {
    this.#identity = identity;
    this.#mixHash(HEADER);
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]));
  }

  #mixKey(secret: Uint8Array): void {
    const out = Buffer.from(hkdf(Buffer.from(secret), 64, { salt: this.#salt, info: '' }));
    this.#salt = out.subarray(0, 32);
    this.#key = out.subarray(32);
    this.#counter = 0;
  }

  #seal(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.#key, nonce(this.#counter), this.#hash);
    this.#counter += 1;
    this.#mixHash(sealed);
    return sealed;
  }

  #unseal(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, nonce(this.#counter), this.#hash);
    this.#counter += 1;
    this.#mixHash(sealed);
    return plain;
  }

  /** The answer to the client's hello. Throws when it is none. */
  hello(frame: Uint8Array): Uint8Array {
    const { clientHello } = proto.HandshakeMessage.decode(frame);
    if (clientHello?.ephemeral?.length !== 32) throw new Error('the first frame is no client hello');
    this.#clientEphemeral = clientHello.ephemeral;
    this.#mixHash(this.#clientEphemeral);
    this.#mixHash(this.#ephemeral.public);
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, this.#clientEphemeral));
    const { noise, chain } = this.#identity;
    const sealedKey = this.#seal(noise.public);
    this.#mixKey(Curve.sharedKey(noise.private, this.#clientEphemeral));
    return proto.HandshakeMessage.encode({ serverHello: { ephemeral: this.#ephemeral.public, static: sealedKey, payload: this.#seal(chain) } }).finish();
  }

  /** Who the client says it is. From here on frames are sealed with the transport keys. */
  finish(frame: Uint8Array): { clientKey: Buffer; payload: proto.ClientPayload } {
    const { clientFinish } = proto.HandshakeMessage.decode(frame);
    if (clientFinish?.static == null || clientFinish.payload == null) throw new Error('the second frame is no client finish');
    const clientKey = this.#unseal(clientFinish.static);
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey));
    const payload = proto.ClientPayload.decode(this.#unseal(clientFinish.payload));
    const keys = Buffer.from(hkdf(NOTHING, 64, { salt: this.#salt, info: '' }));
    this.#transport = { readKey: keys.subarray(0, 32), writeKey: keys.subarray(32), reads: 0, writes: 0 };
    return { clientKey, payload };
  }

  /** A node's bytes, sealed and framed. */
  frame(plain: Uint8Array): Buffer {
    if (this.#transport === undefined) return framed(plain);
    const sealed = aesEncryptGCM(plain, this.#transport.writeKey, nonce(this.#transport.writes), NOTHING);
    this.#transport.writes += 1;
    return framed(sealed);
  }

  open(sealed: Uint8Array): Buffer {
    if (this.#transport === undefined) throw new Error('no transport yet');
    const plain = aesDecryptGCM(sealed, this.#transport.readKey, nonce(this.#transport.reads), NOTHING);
    this.#transport.reads += 1;
    return plain;
  }
}

function framed(body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(body.length + 3);
  frame.writeUIntBE(body.length, 0, 3);
  frame.set(body, 3);
  return frame;
}

/** Cuts what a client sends into frames; messages of the WebSocket and frames have nothing to do with each other. */
export class FrameReader {
  #rest: Buffer = NOTHING;
  #introduced = false;
  /** What the client was told to come back with (`edge_routing`), when it did. */
  routing: Buffer | undefined;

  /** The frames that are complete by now. Throws when the client does not speak this protocol. */
  push(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#introduced && !this.#introduce()) return [];
    const frames: Buffer[] = [];
    while (this.#rest.length >= 3) {
      const length = this.#rest.readUIntBE(0, 3);
      if (length > LONGEST_FRAME) throw new Error(`a frame of ${length} bytes`);
      if (this.#rest.length < length + 3) break;
      frames.push(this.#rest.subarray(3, length + 3));
      this.#rest = this.#rest.subarray(length + 3);
    }
    return frames;
  }

  #introduce(): boolean {
    if (this.#rest.length >= 2 && this.#rest.toString('latin1', 0, 2) === 'ED') {
      if (this.#rest.length < 7) return false;
      const length = this.#rest.readUIntBE(4, 3);
      if (this.#rest.length < 7 + length) return false;
      this.routing = Buffer.from(this.#rest.subarray(7, 7 + length));
      this.#rest = this.#rest.subarray(7 + length);
    }
    if (this.#rest.length < HEADER.length) return false;
    if (!this.#rest.subarray(0, HEADER.length).equals(HEADER)) {
      throw new Error('this client speaks another dictionary of WhatsApp Web: use baileys 7.0.0-rc14');
    }
    this.#rest = this.#rest.subarray(HEADER.length);
    this.#introduced = true;
    return true;
  }
}
