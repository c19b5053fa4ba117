export { backup, type BackupOptions, type BackupReport } from './backup/backup.ts';
export { restore, type RestoreOptions, type RestoreReport } from './backup/restore.ts';
