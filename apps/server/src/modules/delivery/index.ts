export { applyStatuses } from './apply-statuses.ts';
export { deadLetters, errors as deliveryErrors, markReplayed, replaySend, takeDeadLetter, type DeadLetterRow } from './dead-letters.ts';
export { enqueueMessages, LANE as DELIVERY_LANE, type Enqueue } from './enqueue-messages.ts';
export { giveUpUnknown, settleOutcomes, type Settled } from './settle-outcomes.ts';
export { attemptHistory, deliveryStates, markResent, matchRemote, rehomeDeliveries, requestOf, statusHistory, type DeliveryRow } from './store.ts';
export { setAside, type SetAside } from './set-aside.ts';
export { setWindowRule } from './window-rule.ts';
export { deliveryFigures } from './store-metrics.ts';
