import { Outlet, useLocation } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../components/button.tsx';
import { Sheet } from '../components/sheet.tsx';
import { ThemeMenu } from '../components/theme-menu.tsx';
import { useMedia, wide } from '../components/use-media.ts';
import { useTabSync } from '../features/chat/use-tab-sync.ts';
import { UploadGuard } from '../features/documents/upload-guard.tsx';
import { useUndoAfterReload } from '../features/documents/use-undo.ts';
import { WindowDrop } from '../features/documents/window-drop.tsx';
import { AccessBadge } from '../features/session/access-badge.tsx';
import { Sidebar } from './sidebar.tsx';

/** The frame of every screen: the sidebar, a slim header, and whatever the route puts beside them. */
export function Shell() {
  const isWide = useMedia(wide);
  const { pathname } = useLocation();
  useTabSync();
  useUndoAfterReload();
  // Where the menu was opened: going anywhere closes it.
  const [menuOpenedAt, setMenuOpenedAt] = useState<string | null>(null);
  const setMenuOpen = (open: boolean) => setMenuOpenedAt(open ? pathname : null);

  return (
    <div className="flex min-h-0 flex-1 print:block">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 print:hidden rounded-lg bg-accent px-4 py-2.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      {isWide && (
        <div className="w-68 shrink-0 border-r border-line bg-sunken print:hidden">
          <Sidebar />
        </div>
      )}
      <div className="flex min-w-0 flex-1 flex-col print:block">
        <header className="flex h-14 shrink-0 items-center gap-2 px-3 sm:px-5 print:hidden">
          {!isWide && (
            <IconButton label="Open navigation" onClick={() => setMenuOpen(true)}>
              <Menu aria-hidden className="size-5" />
            </IconButton>
          )}
          <div className="min-w-0 flex-1">
            <AccessBadge />
          </div>
          <ThemeMenu />
        </header>
        <div className="flex min-h-0 flex-1 print:block">
          <Outlet />
        </div>
      </div>
      {!isWide && (
        <Sheet open={menuOpenedAt === pathname} onOpenChange={setMenuOpen} side="left" label="Navigation">
          <div className="min-h-0 flex-1 bg-sunken">
            <Sidebar />
          </div>
        </Sheet>
      )}
      <WindowDrop />
      <UploadGuard />
    </div>
  );
}
