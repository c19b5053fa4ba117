/**
 * libsignal prints whole sessions, private keys included, with console.info and console.warn in ordinary traffic. The sandbox
 * itself never uses the console: it writes to its standard streams.
 */
export function quietSignal(): void {
  const nothing = (): void => undefined;
  Object.assign(console, { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing, trace: nothing, dir: nothing });
}
