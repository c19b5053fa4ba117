import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { root, say } from './paths.mjs';

/**
 * Runs `work` while no other process of this checkout is in here: two starts at once must not install into each other.
 * A name in Linux's abstract socket space: the kernel frees it however a process ends. Elsewhere there is no lock.
 */
export async function alone(what, work) {
  if (process.platform !== 'linux') return work();
  const name = `\0centralita-${what}-${createHash('sha256').update(root).digest('hex').slice(0, 24)}`;
  for (let told = false; ; told = true) {
    // Whoever waits is connected, and notices our end by losing the connection.
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => undefined);
    });
    if (await listens(server, name)) {
      try {
        return await work();
      } finally {
        server.close();
        for (const socket of waiting) socket.destroy();
      }
    }
    if (!told) say('waiting for another process of this folder to finish its preparations');
    await new Promise((resolve) => {
      connect(name).on('error', () => undefined).once('close', resolve).resume();
    });
  }
}

async function listens(server, name) {
  server.listen(name);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  }
}
