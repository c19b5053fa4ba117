export { createDatabase, type Database, type DatabaseOptions } from './database/pool.ts';
export { defineSql, type CompanyRef, type Sql, type Tx } from './database/tx.ts';
export { refusePooler } from './database/pooler.ts';
export { applyCompanyMigrations, dropCompanySchema, latestVersions, migrateDown, migrateUp, SHARED_SCHEMA, type MigrationReport } from './database/migrations.ts';
export { isConnectionError, isDatabaseAway, isUniqueViolation } from './database/errors.ts';
