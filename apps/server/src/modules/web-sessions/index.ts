export { bridgeSecret, webHostOf } from './call-host.ts';
export { errors as sessionErrors } from './errors.ts';
export { hostedOf } from './ensure-session.ts';
export { sessionsHealth, type SessionsHealth } from './health.ts';
export type { HostDriver, HostKind, RunningHost, SandboxAccess } from './host-driver.ts';
export { keepHosts, keeperOf } from './keeper.ts';
export { setSandbox } from './sandbox-access.ts';
export { codesOf, listHosts, listSessions, logoutSession, moveSession, onSession, pictureOf, restartSession, startSession, stopSession, viewSession, type SessionView } from './sessions.ts';
export type { HostRow, LogLine, SessionRow } from './store.ts';
