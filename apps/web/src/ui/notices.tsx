import { lazy, Suspense } from 'react';
import { useStore } from '../api/store.ts';
import { noticesWanted } from './notify.ts';

const Notifications = lazy(() => import('@mantine/notifications').then((m) => ({ default: m.Notifications })));

export function Notices() {
  return useStore(noticesWanted) ? <Suspense><Notifications position="top-center" limit={2} containerWidth={380} /></Suspense> : null;
}
