export { createDatabase, type Database } from './database/pool.ts';
export type { DatabaseOptions } from './database/connections.ts';
export { defineSql, type CompanyRef, type Sql, type Tx } from './database/tx.ts';
export { refusePooler } from './database/pooler.ts';
export { applyCompanyMigrations, dropCompanySchema, latestVersions, migrateDown, migrateUp, SHARED_SCHEMA, type MigrationReport } from './database/migrations.ts';
export { isConnectionError, isDatabaseAway, isUniqueViolation } from './database/errors.ts';
