'use client';

import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/menu';
import { signOut } from '@/features/account/session';
import { go } from '@/lib/location';
import { toggleTheme } from '@/lib/theme';
import { useUser } from '@/lib/user';

export default function AccountMenu({ trigger, defaultOpen }: { trigger: ReactElement; defaultOpen: boolean }) {
  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      <MenuLabel>{useUser().email}</MenuLabel>
      <MenuLine />
      <MenuItem onSelect={() => go('/settings')}>Settings</MenuItem>
      <MenuItem onSelect={toggleTheme}>Light or dark</MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
    </Menu>
  );
}
