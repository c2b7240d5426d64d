import { ChevronDown, CircleHelp, type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuChoice, MenuLabel } from '@/components/menu';
import { Popover } from '@/components/popover';
import type { Ambiguity } from '@/features/tasks/data/understood';
import { classes } from '@/lib/classes';

const CHIP = 'inline-flex h-7 max-w-full items-center overflow-hidden rounded-full border bg-sunken text-xs';
const PART = 'flex h-full min-w-0 items-center gap-1.5 outline-offset-[-2px]';

/** A question about words of the line. */
export interface Asked {
  ambiguity: Ambiguity;
  /** Index of the alternative that the task has now. */
  taken: number;
  isOpen: boolean;
  onChoose: (at: number) => void;
}

interface Props {
  icon: LucideIcon;
  label: string;
  /** Why the API would refuse the field. */
  problem: string | null;
  editor: ReactNode;
  questions: Asked[];
  onDismiss: () => void;
}

/** What is understood of a field. A question about its words is a part of the chip. */
export function Chip({ icon: Icon, label, problem, editor, questions, onDismiss }: Props) {
  const isOpen = questions.some((one) => one.isOpen);
  const look = problem ? 'border-danger text-danger' : isOpen ? 'border-warning' : 'border-edge';
  const content = (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0 text-quiet" />
      <span className="truncate">{problem ?? label}</span>
    </>
  );
  return (
    <span className={classes(CHIP, look)}>
      {editor ? (
        <Popover
          label={label}
          className="w-80"
          trigger={
            <button type="button" aria-label={`Change: ${label}`} className={`${PART} pr-1.5 pl-2.5 hover:bg-hover`}>
              {content}
            </button>
          }
        >
          {editor}
        </Popover>
      ) : (
        <span className={`${PART} pr-1.5 pl-2.5`}>{content}</span>
      )}
      {questions.map((one) => (
        <Question key={`${one.ambiguity.start} ${one.ambiguity.question}`} {...one} said={otherLabel(one)}>
          <span className="truncate">{otherLabel(one)}</span>
        </Question>
      ))}
      <button
        type="button"
        aria-label={`Not meant: ${label}`}
        onClick={onDismiss}
        className={`${PART} shrink-0 pr-2 pl-1 hover:bg-hover`}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}

/** A question about words that set no field as they are read now. */
export function LoneQuestion(asked: Asked) {
  return (
    <span className={classes(CHIP, asked.isOpen ? 'border-warning' : 'border-edge')}>
      <Question {...asked}>
        <CircleHelp aria-hidden className="size-3.5" />
        {asked.ambiguity.text}?
      </Question>
    </span>
  );
}

/** `said` is the text of the button, which its name contains. */
function Question({
  ambiguity,
  taken,
  isOpen,
  onChoose,
  said,
  children,
}: Asked & { said?: string; children: ReactNode }) {
  const options = ambiguity.alternatives.map(({ label }, at) => [String(at), label] as const);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`${ambiguity.question} Now: ${options[taken]?.[1] ?? ''}${said ? `, ${said}` : ''}`}
          className={classes(
            PART,
            'gap-1 px-2 whitespace-nowrap hover:bg-hover',
            isOpen ? 'bg-mark/40 text-warning' : 'text-quiet',
          )}
        >
          {children}
          <ChevronDown aria-hidden className="size-3 shrink-0" />
        </button>
      }
    >
      <MenuLabel>{ambiguity.question}</MenuLabel>
      <MenuChoice value={String(taken)} options={options} onChange={(at) => onChoose(Number(at))} />
    </Menu>
  );
}

/** Names the other reading by what differs ("or 05:00"), or how many there are. */
function otherLabel({ ambiguity, taken }: Asked): string {
  const others = ambiguity.alternatives.filter((_, at) => at !== taken);
  const [now, other] = [ambiguity.alternatives[taken], others[0]].map((one) => one?.label.split(', ') ?? []);
  if (others.length > 1 || !now || !other) return `or ${others.length} more`;
  const same = other.findIndex((part, at) => part !== now[at]);
  return `or ${other.slice(Math.max(same, 0)).join(', ')}`;
}
