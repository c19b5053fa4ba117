export { errors as apiErrors } from './errors.ts';
export { sendAndWait, shown as showSent } from './messages-http.ts';
export { takeOrder } from './send-messages.ts';
