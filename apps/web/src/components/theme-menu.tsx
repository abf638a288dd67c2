import { Monitor, Moon, Sun } from 'lucide-react';
import { chooseTheme, type Theme, useTheme } from '../theme.ts';
import { IconButton } from './button.tsx';
import { ActionMenu, MenuChoice } from './menu.tsx';

const icons = { light: Sun, dark: Moon, system: Monitor } as const;
const names: Record<Theme, string> = { light: 'Light', dark: 'Dark', system: 'Like the system' };
const themes: Theme[] = ['light', 'dark', 'system'];

export function ThemeMenu() {
  const theme = useTheme();
  const Icon = icons[theme];
  return (
    <ActionMenu
      trigger={
        <IconButton label="Theme">
          <Icon aria-hidden className="size-[1.125rem]" />
        </IconButton>
      }
    >
      <MenuChoice
        value={theme}
        onChange={chooseTheme}
        choices={themes.map((value) => {
          const ThemeIcon = icons[value];
          return { value, label: names[value], icon: <ThemeIcon aria-hidden className="size-4" /> };
        })}
      />
    </ActionMenu>
  );
}
