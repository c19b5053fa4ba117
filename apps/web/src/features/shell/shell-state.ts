import { storage } from '../../api/runtime.ts';
import { createStore } from '../../api/store.ts';

/** The navigation as a drawer, on screens too narrow for the side. */
export const navOpen = createStore(false);
export const helpOpen = createStore(false);

const DETAILS = 'centralita.details';
/** The details of a conversation: as the person left them; at first only where there is room. */
export const detailsOpen = createStore(storage.get(DETAILS) === null ? window.matchMedia('(min-width: 1400px)').matches : storage.get(DETAILS) === '1');

export function toggleDetails(): void {
  detailsOpen.set(!detailsOpen.get());
  // On a narrow screen they cover the messages: there they are opened for a moment, not for good.
  if (window.matchMedia('(min-width: 1120px)').matches) storage.set(DETAILS, detailsOpen.get() ? '1' : '0');
}
