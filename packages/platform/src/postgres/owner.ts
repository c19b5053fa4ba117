import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';

export interface Ownership {
  release(): Promise<void>;
}

/**
 * Takes a data folder (which exists), or tells the pid of the live process that has it (0: it does not answer).
 * The lock is a name in Linux's abstract socket space: the kernel hands it to one process and frees it when that process ends,
 * however it ends, so there is no stale lock and no race over one. Connecting to it tells the owner's pid.
 */
export async function takeOwnership(folder: string): Promise<Ownership | { readonly takenBy: number }> {
  const name = socketName(folder);
  for (;;) {
    const server = await listen(name);
    if (server) return { release: () => close(server) };
    const takenBy = await askOwner(name);
    // Undefined: the owner ended between the two calls.
    if (takenBy !== undefined) return { takenBy };
  }
}

/** The pid of the process that owns the folder now; undefined when nobody does, 0 when it does not answer. */
export function ownerOf(folder: string): Promise<number | undefined> {
  return askOwner(socketName(folder));
}

async function listen(name: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`${process.pid}\n`);
  });
  server.unref();
  server.listen(name);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

/** A holder that is just being killed refuses, or cuts the connection without a word: then nobody owns the name any more. */
async function askOwner(name: string): Promise<number | undefined> {
  const socket = connect(name);
  let silent = false;
  socket.setTimeout(2000, () => {
    silent = true;
    socket.destroy();
  });
  let text = '';
  try {
    for await (const part of socket) text += String(part);
  } catch (error) {
    if (silent) return 0;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE') return undefined;
    throw error;
  }
  return silent ? 0 : Number(text) || undefined;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function socketName(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `\0centralita-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`;
}
