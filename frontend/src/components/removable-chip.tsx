import { X } from 'lucide-react';

interface Props {
  label: string;
  /** Names the button that removes it. */
  remove: string;
  onRemove: () => void;
}

export function RemovableChip({ label, remove, onRemove }: Props) {
  return (
    <span className="flex h-9 items-center gap-1 rounded-md border border-field px-2 text-sm">
      {label}
      <button type="button" className="p-1" aria-label={remove} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </button>
    </span>
  );
}
