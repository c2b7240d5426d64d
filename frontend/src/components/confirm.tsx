import { Button } from './button';
import { Dialog } from './dialog';

interface Props {
  /** A question, such as “Delete this token?”. */
  title: string;
  /** What follows from it. */
  description: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone. */
export function Confirm({ title, description, action, onConfirm, onClose }: Props) {
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <div className="flex flex-wrap gap-2">
        <Button data-safe onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
