import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';

const LOOKS = {
  main: 'bg-accent text-on-accent hover:opacity-90',
  plain: 'border border-edge bg-raised hover:bg-hover',
  bare: 'hover:bg-hover',
  danger: 'border border-danger text-danger hover:bg-hover',
  link: 'text-accent hover:bg-hover',
  toast: 'text-toast-action outline-toast-action hover:bg-on-toast/15',
};
const SIZES = { normal: 'h-9 px-3', small: 'h-7 px-2', icon: 'size-8' };

type Props = ComponentProps<'button'> & { look?: keyof typeof LOOKS; size?: keyof typeof SIZES };

export function Button({ look = 'plain', size = 'normal', className, type = 'button', ...props }: Props) {
  return (
    <button
      type={type}
      className={classes(
        'inline-flex items-center justify-center gap-2 rounded-md text-sm font-medium whitespace-nowrap select-none disabled:opacity-50',
        LOOKS[look],
        SIZES[size],
        className,
      )}
      {...props}
    />
  );
}
