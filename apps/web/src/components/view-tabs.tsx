import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

interface View<Value extends string> {
  value: Value;
  label: string;
  content: ReactNode;
}

interface ViewTabsProps<Value extends string> {
  /** What they are views of. */
  label: string;
  views: readonly View<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One thing seen in different ways, one at a time, filling what is left of a column. */
export function ViewTabs<Value extends string>({ label, views, value, onChange }: ViewTabsProps<Value>) {
  return (
    <Tabs.Root
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      data-view={value}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List aria-label={label} activateOnFocus className="flex gap-1 border-b border-line px-3 pt-1">
        {views.map((view) => (
          <Tabs.Tab
            key={view.value}
            value={view.value}
            className="target -mb-px h-9 border-b-2 border-transparent px-3 text-sm font-medium text-muted transition-colors hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {view.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {views.map((view) => (
        // What fills it can be reached by itself.
        <Tabs.Panel key={view.value} value={view.value} tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
          {view.content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}
