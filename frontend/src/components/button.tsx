import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';

const looks = cva(
  'inline-flex items-center justify-center gap-2 rounded-md text-sm font-medium whitespace-nowrap select-none disabled:opacity-50',
  {
    variants: {
      look: {
        main: 'bg-accent text-on-accent hover:opacity-90',
        plain: 'border border-edge bg-raised hover:bg-hover',
        bare: 'hover:bg-hover',
        danger: 'border border-danger text-danger hover:bg-hover',
        link: 'text-accent hover:bg-hover',
      },
      size: { normal: 'h-9 px-3', small: 'h-7 px-2', icon: 'size-8' },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
);

type Props = ComponentProps<'button'> & VariantProps<typeof looks>;

export function Button({ look, size, className, type = 'button', ...props }: Props) {
  return <button type={type} className={classes(looks({ look, size }), className)} {...props} />;
}
