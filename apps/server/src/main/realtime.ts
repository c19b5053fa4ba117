import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { COMPANY_EVENT, type CompanyEvent, type ServerToClient } from '@centralita/contracts';
import { isAppError } from '@centralita/kernel';
import type { Realtime } from '@centralita/platform/realtime';
import { authenticate, isOwnOrigin, loginId, loginToken } from '../modules/companies/index.ts';
import type { Runtime } from '../runtime.ts';
import { ScreensBus } from './screens-bus.ts';

interface SocketData {
  company: string;
  token: string;
}
type Io = Server<Record<string, never>, ServerToClient, Record<string, never>, SocketData>;
type Screen = Socket<Record<string, never>, ServerToClient, Record<string, never>, SocketData>;

/** Logins also end by age, and users are disabled: open sockets are asked again this often. */
const RECHECK_MS = 60_000;

export interface Screens extends Realtime {
  /** Role api: opens /socket.io on the HTTP server. */
  attach(server: HttpServer, rt: Runtime): void;
  /** Every role: hears and tells the other processes of the installation. */
  join(rt: Runtime, process: { readonly id: string; readonly databaseUrl: string }): void;
  close(): Promise<void>;
}

/** Live events over Socket.IO: the cookie authenticates, a room per company, no event is ever taken from a browser. */
export function createScreens(): Screens {
  let io: Io | undefined;
  let bus: ScreensBus | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Screens per company at this process. */
  const watching = new Map<string, number>();

  function enter(socket: Screen): void {
    const { company, token } = socket.data;
    void socket.join([companyRoom(company), loginRoom(loginId(token))]);
    count(company, 1);
    socket.on('disconnect', () => count(company, -1));
  }

  function count(company: string, by: number): void {
    const before = watching.get(company) ?? 0;
    if (before + by === 0) watching.delete(company);
    else watching.set(company, before + by);
    if (before === 0 || before + by === 0) bus?.announce();
  }

  function show(companyId: string, events: readonly unknown[]): void {
    if (watching.has(companyId)) io?.to(companyRoom(companyId)).emit(COMPANY_EVENT, events as CompanyEvent[]);
  }

  function endLogin(login: string): void {
    io?.in(loginRoom(login)).disconnectSockets(true);
  }

  return {
    watched: (companyId) => watching.has(companyId) || (bus?.watchedElsewhere(companyId) ?? false),
    emit(companyId, events) {
      if (events.length === 0) return;
      show(companyId, events);
      if (bus?.watchedElsewhere(companyId)) bus.emit(companyId, events);
    },
    attach(server, rt) {
      io = new Server(server, {
        path: '/socket.io', serveClient: false, maxHttpBufferSize: 10_000,
        allowRequest: (request, answer) => answer(null, isOwnOrigin(rt.config.publicUrl, { origin: request.headers.origin, host: request.headers.host })),
      });
      io.use((socket, next) => {
        sign(rt, socket).then(() => next(), (error: unknown) => next(refusal(rt, error)));
      });
      io.on('connection', enter);
      timer = setInterval(() => void recheck(rt, io), RECHECK_MS);
    },
    join(rt, { id, databaseUrl }) {
      bus = new ScreensBus({ db: rt.db, databaseUrl, processId: id, log: rt.log, watchedHere: () => [...watching.keys()], onEvents: show, onLoginEnded: endLogin });
      rt.events.on('login.ended', (tx, { login }) => {
        tx.onCommit(() => {
          endLogin(login);
          bus?.loginEnded(login);
        });
      });
    },
    async close() {
      clearInterval(timer);
      io?.disconnectSockets(true);
      // Ends the engine's timers; the HTTP server is closed by its owner.
      io?.engine.close();
      await bus?.close();
    },
  };
}

const companyRoom = (id: string): string => `company:${id}`;
const loginRoom = (login: string): string => `login:${login}`;

async function sign(rt: Runtime, socket: Screen): Promise<void> {
  const token = loginToken(socket.request.headers.cookie);
  const caller = await authenticate(rt, { cookie: token });
  socket.data = { company: caller.company.id, token: token ?? '' };
}

/** The page tells `code` apart: sign in again, or try again by itself. */
function refusal(rt: Runtime, error: unknown): Error {
  const code = isAppError(error) ? error.code : 'request.failed';
  if (!isAppError(error)) rt.log.warn({ error: (error as Error).message }, 'a screen could not be let in');
  return Object.assign(new Error(code), { data: { code } });
}

async function recheck(rt: Runtime, io: Io | undefined): Promise<void> {
  for (const socket of io?.sockets.sockets.values() ?? []) {
    await authenticate(rt, { cookie: socket.data.token }).catch((error: unknown) => {
      // A database that is away signs nobody out.
      if (isAppError(error)) socket.disconnect(true);
    });
  }
}
