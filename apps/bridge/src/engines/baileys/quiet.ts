/**
 * libsignal prints whole sessions with their private keys by console.info and console.warn in ordinary traffic
 * (whatsapp-web-protocol.md §5.4). A host writes its log by other means, so whatever libraries say to the console is dropped.
 */
export function quietConsole(): void {
  const silent = (): void => undefined;
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const) console[method] = silent;
}
