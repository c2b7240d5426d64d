'use client';

import { useState } from 'react';
import { Select } from '@/components/field';
import { chooseTheme, currentTheme } from '@/lib/theme';
import { Group, Setting } from './setting';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

export function Appearance() {
  const [theme, setTheme] = useState(currentTheme);
  return (
    <Group title="Appearance">
      <Setting label="Colours">
        {(control) => (
          <Select
            {...control}
            value={theme}
            onChange={(event) => {
              const next = event.target.value as typeof theme;
              chooseTheme(next);
              setTheme(next);
            }}
          >
            {THEMES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Setting>
    </Group>
  );
}
