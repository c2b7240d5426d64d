import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from './button';

type Props = ComponentProps<typeof Button> & { label: string; icon: LucideIcon };

/** A button that is only a picture: its label is read out, and shown when one rests on it. */
export function IconButton({ label, icon: Icon, look = 'bare', ...props }: Props) {
  return (
    <Button aria-label={label} title={label} look={look} size="icon" {...props}>
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}
