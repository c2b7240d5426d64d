import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from './button';

type Props = ComponentProps<typeof Button> & { label: string; icon: LucideIcon };

/** A button with only an icon. Screen readers read its label, which is also the tooltip. */
export function IconButton({ label, icon: Icon, look = 'bare', ...props }: Props) {
  return (
    <Button aria-label={label} title={label} look={look} size="icon" {...props}>
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}
