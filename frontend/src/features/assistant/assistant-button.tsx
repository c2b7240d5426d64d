'use client';

import { Sparkles } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { overlays, toggle } from '@/lib/overlays';
import { useExternal } from '@/lib/external';
import { BUTTON, loadPanel } from './panel-state';

export function AssistantButton() {
  const open = useExternal(overlays).assistant;
  const ahead = () => void loadPanel().catch(() => undefined);
  return (
    <IconButton
      {...{ [BUTTON]: true }}
      label="Assistant"
      title="Assistant (A)"
      icon={Sparkles}
      aria-expanded={open}
      onClick={() => toggle('assistant')}
      onPointerEnter={ahead}
      onFocus={ahead}
    />
  );
}
