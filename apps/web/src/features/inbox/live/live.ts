import type { QueryClient } from '@tanstack/react-query';
import type { Socket } from 'socket.io-client';
import { now } from '../../../api/runtime.ts';
import { createStore } from '../../../api/store.ts';
import type { ServerToClient } from '../../../api/types.ts';
import { signingOut } from '../../session/me.ts';
import { applyEvents, keys } from './apply.ts';

export type Connection = 'connecting' | 'live' | 'down';
export const connection = createStore<Connection>('connecting');

/** The numbers beside the views are asked for again at most this often, however many messages arrive. */
const UNREAD_EVERY_MS = 2_000;
type Timer = ReturnType<typeof setTimeout>;

/** Connects to the company's events until the returned function is called. `onConnect` runs at every connection. */
export function startLive(client: QueryClient, me: string, onConnect: () => void): () => void {
  let socket: Socket<ServerToClient> | undefined;
  let stopped = false;
  let before = false;
  let countTimer: Timer | undefined;
  let countedAt = 0;

  const recount = (): void => {
    countTimer ??= setTimeout(() => {
      countTimer = undefined;
      countedAt = now();
      void client.invalidateQueries({ queryKey: keys.counts });
    }, Math.max(0, countedAt + UNREAD_EVERY_MS - now()));
  };

  const start = async (): Promise<void> => {
    const { io } = await import('socket.io-client');
    if (stopped) return;
    socket = io({ path: '/socket.io', withCredentials: true, transports: ['websocket', 'polling'], reconnectionDelay: 500, reconnectionDelayMax: 5_000 });
    socket.on('connect', () => {
      connection.set('live');
      onConnect();
      // Events between two connections are not repeated: fetch what is shown anew, and the rest when it is shown.
      if (before) for (const key of ['conversations', 'conversation', 'messages', 'counts']) void client.invalidateQueries({ queryKey: [key] });
      before = true;
    });
    socket.on('disconnect', (reason) => {
      connection.set('down');
      // The server closed it (a restart, an ended session): the library reconnects by itself only after network faults.
      if (reason === 'io server disconnect' && !signingOut.get()) {
        void client.invalidateQueries({ queryKey: ['me'] });
        socket?.connect();
      }
    });
    socket.on('connect_error', () => connection.set('down'));
    socket.on('company', (events) => {
      applyEvents(client, events, me);
      if (events.some((e) => e.type === 'conversation.updated')) recount();
    });
  };
  void start().catch(() => connection.set('down'));

  const online = (): void => {
    if (socket && !socket.connected) socket.connect();
  };
  window.addEventListener('online', online);
  return () => {
    stopped = true;
    clearTimeout(countTimer);
    window.removeEventListener('online', online);
    socket?.disconnect();
    connection.set('connecting');
  };
}
