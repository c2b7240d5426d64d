import { X } from 'lucide-react';

interface Props {
  label: string;
  /** Names the button that removes it. */
  remove: string;
  onRemove: () => void;
}

export function RemovableChip({ label, remove, onRemove }: Props) {
  return (
    <span className="flex h-8 items-center gap-1 rounded-full bg-hover pr-1.5 pl-3 text-sm">
      {label}
      <button
        type="button"
        className="rounded-full p-1 text-quiet hover:text-text"
        aria-label={remove}
        onClick={onRemove}
      >
        <X aria-hidden className="size-4" />
      </button>
    </span>
  );
}
