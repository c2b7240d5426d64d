'use client';

import { CircleCheck, Palette, Pencil, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { Dot } from '@/components/dot';
import { Menu, MenuChoice, MenuItem, MenuLine, MenuMore } from '@/components/menu';
import { useTagColor, useTagColors } from '@/features/tasks/data/tag-colors';
import { openTagQuestion, type TagQuestion } from '@/features/tasks/data/tag-question';
import { colorOf, TAG_COLORS, type TagColor } from '@/features/tasks/data/tags';

const COLORS = (Object.keys(TAG_COLORS) as TagColor[]).map(
  (color) =>
    [
      color,
      <>
        <Dot tint={TAG_COLORS[color]} />
        {color.charAt(0).toUpperCase() + color.slice(1)}
      </>,
    ] as const,
);

interface Props {
  trigger: ReactElement;
  defaultOpen: boolean;
  tag: string;
}

export default function TagMenu({ trigger, defaultOpen, tag }: Props) {
  const colors = useTagColors();
  const setColor = useTagColor();
  // After the menu has closed and returned the focus, which the dialog then returns.
  const ask = (kind: TagQuestion['kind']) => () => setTimeout(() => openTagQuestion.set({ kind, tag }));
  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      <MenuItem onSelect={ask('rename')}>
        <Pencil aria-hidden className="size-4 text-quiet" /> Rename or merge …
      </MenuItem>
      <MenuMore
        label={
          <>
            <Palette aria-hidden className="size-4 text-quiet" /> Colour
          </>
        }
      >
        <MenuChoice value={colorOf(tag, colors)} options={COLORS} onChange={(color) => setColor(tag, color)} />
      </MenuMore>
      <MenuItem onSelect={ask('complete')}>
        <CircleCheck aria-hidden className="size-4 text-quiet" /> Complete all …
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={ask('delete')}>
        <Trash2 aria-hidden className="size-4 text-quiet" /> Delete tag …
      </MenuItem>
    </Menu>
  );
}
