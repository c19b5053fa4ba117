/**
 * Settings of the embedded server, for a small machine it shares with Node. Given on the command line rather than written to
 * postgresql.conf: the next version's settings then apply to old data folders, and the operator's own file stays his.
 */
const base: Readonly<Record<string, string>> = {
  // No network at all: whoever can enter the socket's folder (mode 700) is trusted.
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // Acknowledged means on disk; this is the promise of edge 1.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  checkpoint_timeout: '15min',
  // After a crash: one call rather than opening and syncing each of a thousand files.
  recovery_init_sync_method: 'syncfs',
  // Solid state disks; 4.0 is for spinning ones.
  random_page_cost: '1.1',
  // Short queries: compiling them costs more than it saves.
  jit: 'off',
  // The other core belongs to Node.
  max_parallel_workers_per_gather: '0',
  // PostgreSQL 18's default starts three worker processes; at this size they cost memory and gain nothing.
  io_method: 'sync',
  // A backup or an erasure touches every table of every company in one transaction: 1,000 schemas of 30 tables.
  max_locks_per_transaction: '512',
  // Queue tables turn over quickly.
  autovacuum_naptime: '15s',
  autovacuum_vacuum_cost_delay: '1ms',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  log_statement: 'none',
  // A failed statement's text may carry a customer's message; the error itself is logged by us.
  log_min_error_statement: 'panic',
};

export type Settings = Readonly<Record<string, string>>;

/** `-c name=value` for every setting, ours first, then `extra`; in a fixed order, so that equal settings give equal arguments. */
export function settingArguments(socketDir: string, extra: Settings = {}): string[] {
  const all: Record<string, string> = { ...base, unix_socket_directories: socketDir, ...extra };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
