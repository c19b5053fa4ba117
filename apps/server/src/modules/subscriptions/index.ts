export { errors as subscriptionErrors } from './errors.ts';
