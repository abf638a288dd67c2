import { Link, type LinkProps, useNavigate } from '@tanstack/react-router';
import { Gauge, Library, type LucideIcon, PenLine, UserRoundPen } from 'lucide-react';
import type { ReactNode } from 'react';
import { TwinMark } from '../components/twin-mark.tsx';
import { ConversationList } from '../features/chat/conversation-list.tsx';
import { DocumentCount } from '../features/documents/document-count.tsx';

/** Where to go: a new chat, the library, the engine room, and every earlier conversation. */
export function Sidebar() {
  const navigate = useNavigate();
  return (
    <div className="flex h-full flex-col">
      <nav aria-label="Main" className="shrink-0">
        <div className="flex h-14 shrink-0 items-center px-5">
          <Link to="/" className="flex items-center gap-2.5 rounded-md">
            <TwinMark className="size-6" />
            <span className="font-voice text-lg font-semibold tracking-tight">Digital Twin</span>
          </Link>
        </div>
        <ul className="flex shrink-0 flex-col gap-0.5 px-3 pt-2 pb-4">
          <NavItem to="/" exact icon={PenLine}>
            New chat
          </NavItem>
          <NavItem to="/documents" icon={Library} aside={<DocumentCount />}>
            Documents
          </NavItem>
          <NavItem to="/persona" icon={UserRoundPen}>
            Persona
          </NavItem>
          <NavItem to="/admin" icon={Gauge}>
            Admin
          </NavItem>
        </ul>
      </nav>
      <ConversationList onDeletedCurrent={() => void navigate({ to: '/' })} />
    </div>
  );
}

interface NavItemProps {
  to: NonNullable<LinkProps['to']>;
  exact?: boolean;
  icon: LucideIcon;
  aside?: ReactNode;
  children: ReactNode;
}

function NavItem({ to, exact = false, icon: Icon, aside, children }: NavItemProps) {
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact, includeSearch: false }}
        className="target flex h-9 items-center gap-3 rounded-lg px-2.5 text-[0.9375rem] text-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:shadow-[0_0_0_1px_var(--line)]"
      >
        <Icon aria-hidden className="size-[1.125rem] shrink-0 text-muted" />
        <span className="flex-1">{children}</span>
        {aside}
      </Link>
    </li>
  );
}
