export { errors as inboxErrors } from './errors.ts';
