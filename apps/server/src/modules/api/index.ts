export { errors as apiErrors } from './errors.ts';
export { idempotencyKey, once, type Once } from './idempotency.ts';
export { ownAccount } from './lines.ts';
export { sendAndWait, shown as showSent } from './messages-http.ts';
export { takeOrder } from './send-messages.ts';
