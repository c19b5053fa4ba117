export { systemClock, type Clock } from './clock.ts';
export { AppError, defineErrors, isAppError, type ErrorSpec } from './errors.ts';
export { decodeId, encodeId, isId, newUuid, uuidFloor, uuidTime, type IdPrefix } from './ids.ts';
export { randomBytesHex, randomFraction, randomToken, timingSafeEqualText } from './random.ts';
export { assertNever, chunk, groupBy } from './collections.ts';
export { createLookups } from './lookups.ts';
