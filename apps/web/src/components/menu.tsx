import { Menu } from '@base-ui/react/menu';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';

const popupClasses =
  'popup-motion min-w-44 rounded-xl border border-line bg-surface p-1.5 text-ink shadow-lift outline-none';

const itemClasses =
  'target flex cursor-pointer items-center gap-2.5 rounded-lg px-3 py-2 text-sm outline-none select-none data-highlighted:bg-hover';

interface ActionMenuProps {
  /** The button that opens the menu; its accessible name says what the menu is for. */
  trigger: ReactElement;
  children: ReactNode;
}

/** Opens beside its button, within the same landmark, so that readers know where they are. */
export function ActionMenu({ trigger, children }: ActionMenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      {/* Out of the flow: in a row of buttons it would be one more, and push the others aside while the menu is open. */}
      <span ref={place} className="absolute" />
      <Menu.Portal container={place}>
        <Menu.Positioner align="end" sideOffset={6} positionMethod="fixed" className="z-50">
          <Menu.Popup className={popupClasses}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface MenuActionProps {
  icon: ReactNode;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuAction({ icon, danger, onSelect, children }: MenuActionProps) {
  return (
    <Menu.Item onClick={onSelect} className={classNames(itemClasses, danger && 'text-danger')}>
      {icon}
      {children}
    </Menu.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  choices: { value: Value; label: string; icon: ReactNode }[];
}

export function MenuChoice<Value extends string>({ value, onChange, choices }: MenuChoiceProps<Value>) {
  return (
    <Menu.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <Menu.RadioItem
          key={choice.value}
          value={choice.value}
          closeOnClick
          className={classNames(itemClasses, 'data-checked:font-semibold data-checked:text-accent')}
        >
          {choice.icon}
          {choice.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
