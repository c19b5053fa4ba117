import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { COMPANY_EVENT, type CompanyEvent, type ServerToClient } from '@centralita/contracts';
import { decodeId, isAppError } from '@centralita/kernel';
import type { Realtime } from '@centralita/platform/realtime';
import { accountById } from '../modules/accounts/index.ts';
import { loginId, type Caller } from '../modules/companies/index.ts';
import type { Runtime } from '../runtime.ts';
import { credentialsOf, mayConnect, watcher, type Credentials } from './screen-caller.ts';
import { ScreensBus } from './screens-bus.ts';

interface SocketData {
  company: string;
  /** The cookie's token, or an API key or token of another system: asked again from time to time. */
  credentials: Credentials;
  /** Those it is held to; null: everything of the company is shown. */
  businesses: readonly string[] | null;
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

/**
 * Live events over Socket.IO, for screens (the cookie) and for systems (an API key or a token, in `auth.apiKey` or the header `X-Api-Key`):
 * a room per company, one per business for who is held to some; no event is ever taken from outside.
 */
export function createScreens(): Screens {
  let io: Io | undefined;
  let bus: ScreensBus | undefined;
  let runtime: Runtime | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Screens per company at this process. */
  const watching = new Map<string, number>();
  /** Among them those held to businesses, by company and business. */
  const bound = new Map<string, Map<string, number>>();
  /** What is shown by business is looked up first: one batch after the other. */
  let showing: Promise<void> = Promise.resolve();

  function enter(socket: Screen): void {
    const { company, credentials } = socket.data;
    if ('cookie' in credentials) void socket.join(loginRoom(loginId(credentials.cookie ?? '')));
    place(socket, socket.data.businesses);
    count(company, 1);
    socket.on('disconnect', () => {
      count(company, -1);
      held(company, socket.data.businesses, -1);
    });
  }

  /** Into the rooms of what it may see. */
  function place(socket: Screen, businesses: readonly string[] | null): void {
    const { company } = socket.data;
    void socket.join(businesses === null ? companyRoom(company) : businesses.map(businessRoom));
    held(company, businesses, 1);
  }

  /** Out of the rooms of before, when an administrator held it to others. */
  function replace(socket: Screen, businesses: readonly string[] | null): void {
    const before = socket.data.businesses;
    if (JSON.stringify(before) === JSON.stringify(businesses)) return;
    for (const room of before === null ? [companyRoom(socket.data.company)] : before.map(businessRoom)) void socket.leave(room);
    held(socket.data.company, before, -1);
    socket.data.businesses = businesses;
    place(socket, businesses);
  }

  function held(company: string, businesses: readonly string[] | null, by: number): void {
    if (businesses === null) return;
    const mine = bound.get(company) ?? new Map<string, number>();
    bound.set(company, mine);
    for (const business of businesses) {
      const n = (mine.get(business) ?? 0) + by;
      if (n === 0) mine.delete(business);
      else mine.set(business, n);
    }
    if (mine.size === 0) bound.delete(company);
  }

  function count(company: string, by: number): void {
    const before = watching.get(company) ?? 0;
    if (before + by === 0) watching.delete(company);
    else watching.set(company, before + by);
    if (before === 0 || before + by === 0) bus?.announce();
  }

  function show(companyId: string, events: readonly unknown[]): void {
    if (!watching.has(companyId)) return;
    io?.to(companyRoom(companyId)).emit(COMPANY_EVENT, events as CompanyEvent[]);
    if (bound.has(companyId)) showing = showing.then(() => showBusinesses(companyId, events as CompanyEvent[]));
  }

  async function showBusinesses(companyId: string, events: readonly CompanyEvent[]): Promise<void> {
    const of = await Promise.all(events.map((event) => businessOf(event))).catch(() => []);
    for (const business of bound.get(companyId)?.keys() ?? []) {
      // Labels are the company's.
      const theirs = events.filter((event, n) => of[n] === business || event.type === 'labels.updated');
      if (theirs.length > 0) io?.to(businessRoom(business)).emit(COMPANY_EVENT, theirs);
    }
  }

  /** The business of the account an event is about; undefined: of none, so nobody who is held to one sees it. */
  async function businessOf(event: CompanyEvent): Promise<string | undefined> {
    const account = 'message' in event ? event.message.account_id : 'conversation' in event ? event.conversation.account_id : 'session' in event ? event.session.account_id : 'account_id' in event ? event.account_id : undefined;
    const id = account === undefined ? undefined : decodeId('acc', account);
    return id === undefined || runtime === undefined ? undefined : (await accountById(runtime, id))?.business_id ?? undefined;
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
      runtime = rt;
      io = new Server(server, {
        path: '/socket.io', serveClient: false, maxHttpBufferSize: 10_000,
        allowRequest: (request, answer) => answer(null, mayConnect(rt, request)),
        ...(rt.config.corsOrigins.length > 0 && { cors: { origin: [...rt.config.corsOrigins], allowedHeaders: ['authorization', 'x-api-key', 'x-tenant-id'] } }),
      });
      io.use((socket, next) => {
        sign(rt, socket).then(() => next(), (error: unknown) => next(refusal(rt, error)));
      });
      io.on('connection', enter);
      timer = setInterval(() => void recheck(rt, io, replace), RECHECK_MS);
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
const businessRoom = (id: string): string => `business:${id}`;
const loginRoom = (login: string): string => `login:${login}`;

async function sign(rt: Runtime, socket: Screen): Promise<void> {
  const credentials = credentialsOf(rt, { auth: socket.handshake.auth, request: socket.request });
  const caller = await watcher(rt, credentials);
  socket.data = { company: caller.company.id, credentials, businesses: businessesOf(caller) };
}

const businessesOf = ({ businesses }: Caller): readonly string[] | null => businesses && [...businesses].sort();

/** The page tells `code` apart: sign in again, or try again by itself. */
function refusal(rt: Runtime, error: unknown): Error {
  const code = isAppError(error) ? error.code : 'request.failed';
  if (!isAppError(error)) rt.log.warn({ error: (error as Error).message }, 'a screen could not be let in');
  return Object.assign(new Error(code), { data: { code } });
}

async function recheck(rt: Runtime, io: Io | undefined, replace: (socket: Screen, businesses: readonly string[] | null) => void): Promise<void> {
  for (const socket of io?.sockets.sockets.values() ?? []) {
    await watcher(rt, socket.data.credentials).then((caller) => replace(socket, businessesOf(caller))).catch((error: unknown) => {
      // A database that is away signs nobody out.
      if (isAppError(error)) socket.disconnect(true);
    });
  }
}
