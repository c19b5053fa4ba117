import { cloneElement, lazy, Suspense, useState, type HTMLAttributes, type ReactElement } from 'react';
import type { MenuEntry, MenuPlace } from './menu-entry.ts';

const load = () => import('./menu-box.tsx');
const MenuBox = lazy(() => load().then((m) => ({ default: m.MenuBox })));

export function PopMenu({ target, entries, place }: { target: ReactElement<HTMLAttributes<HTMLElement>>; entries: () => readonly MenuEntry[]; place: MenuPlace }) {
  const [open, setOpen] = useState(false);
  const button = cloneElement(target, {
    onClick: () => setOpen(!open),
    onPointerEnter: () => void load(),
    'aria-haspopup': 'menu',
    'aria-expanded': open,
  });
  if (!open) return button;
  return <Suspense fallback={button}><MenuBox target={button} entries={entries()} place={place} onClose={() => setOpen(false)} /></Suspense>;
}
