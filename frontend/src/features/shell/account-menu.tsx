'use client';

import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { go } from '@/lib/location';
import { toggleTheme } from '@/lib/theme';
import { useUser } from '@/lib/user';
import { toggle } from '@/lib/overlays';

export default function AccountMenu({ trigger, defaultOpen }: { trigger: ReactElement; defaultOpen: boolean }) {
  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      <MenuLabel>{useUser().email}</MenuLabel>
      <MenuLine />
      <MenuItem onSelect={() => go('/settings')}>Settings</MenuItem>
      <MenuItem onSelect={toggleTheme}>Light or dark</MenuItem>
      <MenuItem onSelect={() => setTimeout(() => toggle('sheet', true))}>Keyboard shortcuts</MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => toggle('signOut', true)}>Sign out</MenuItem>
    </Menu>
  );
}
