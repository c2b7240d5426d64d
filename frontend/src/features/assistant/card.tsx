'use client';

import { Button } from '@/components/button';
import { classes } from '@/lib/classes';
import type { Action, Widget } from './protocol';

interface Props {
  widget: Widget;
  /** Disables its buttons. */
  disabled: boolean;
  onAction: (action: Action) => void;
  onTask: (id: number) => void;
}

/** A card of the assistant. All its content is rendered as plain text. */
export function Card({ widget, ...props }: Props) {
  const name = firstText(widget);
  // A task in the trash has no details to open.
  const onTask = name === 'Deleted' ? undefined : props.onTask;
  return (
    <div role="group" aria-label={name} className="rounded-lg border border-edge bg-raised p-3">
      <Piece widget={widget} disabled={props.disabled} onAction={props.onAction} onTask={onTask} />
    </div>
  );
}

type PieceProps = Omit<Props, 'onTask'> & { onTask: Props['onTask'] | undefined };

function Piece({ widget, ...props }: PieceProps) {
  const { type, children = [], value = '', label = '', style, onClickAction } = widget;
  if (type === 'Text') return <Text widget={widget} value={value} onTask={props.onTask} />;
  if (type === 'Button')
    return (
      <Button
        size="small"
        look={style === 'primary' ? 'main' : 'plain'}
        disabled={props.disabled || !onClickAction}
        onClick={() => onClickAction && props.onAction(onClickAction)}
      >
        {label}
      </Button>
    );
  return (
    <div className={classes('flex gap-1.5', type === 'Row' ? 'flex-wrap items-center' : 'flex-col items-start')}>
      {children.map((child, index) => (
        <Piece key={index} widget={child} {...props} />
      ))}
    </div>
  );
}

const COLORS: Record<string, string> = { danger: 'text-danger', secondary: 'text-quiet' };
/** `3  Buy milk`: a text about a task begins with its number. */
const TASK = /^(\d{1,10}) {2}/;

function Text({ widget, value, onTask }: { widget: Widget; value: string; onTask: Props['onTask'] | undefined }) {
  const id = TASK.exec(value)?.[1];
  const looks = classes(
    'max-w-full text-left text-sm break-words',
    widget.weight === 'semibold' && 'font-semibold',
    typeof widget.color === 'string' && COLORS[widget.color],
  );
  if (!id || !onTask) return <p className={looks}>{value}</p>;
  return (
    <button type="button" onClick={() => onTask(Number(id))} className={classes(looks, 'text-accent hover:underline')}>
      {value}
    </button>
  );
}

function firstText(widget: Widget): string {
  if (widget.type === 'Text') return widget.value ?? '';
  return (widget.children ?? []).map(firstText).find(Boolean) ?? '';
}
