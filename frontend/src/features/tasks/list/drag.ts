/** Rows that are dragged and dropped on. Loaded on demand. On touch screens the browser starts a drag by a long touch. */
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine';
import {
  draggable,
  dropTargetForElements,
  type ElementDropTargetEventBasePayload,
} from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import type { Input } from '@atlaskit/pragmatic-drag-and-drop/types';

export type RowKey = string | number;
/** The side of a row at which a dragged task is dropped. */
export type Edge = 'above' | 'below';

export interface Place {
  key: RowKey;
  edge: Edge;
}

export interface Dragging {
  /** Whether the task can be dropped at the row. */
  accepts: (task: number, key: RowKey) => boolean;
  /** Called when the dragged task is at another place, and with null when it is at none. */
  over: (task: number, place: Place | null) => void;
  drop: (task: number, place: Place) => void;
}

/** Returns the function that detaches the row. Only tasks are dragged; a task is dropped below a heading. */
export function attachRow(element: HTMLElement, key: RowKey, isDraggable: boolean, dragging: Dragging): () => void {
  const placeAt = ({ clientY }: Input): Place => {
    const { top, height } = element.getBoundingClientRect();
    return { key, edge: typeof key === 'number' && clientY < top + height / 2 ? 'above' : 'below' };
  };
  const over = ({ source, location }: ElementDropTargetEventBasePayload) =>
    dragging.over(source.data.task as number, placeAt(location.current.input));
  const target = dropTargetForElements({
    element,
    canDrop: ({ source }) => dragging.accepts(source.data.task as number, key),
    onDragEnter: over,
    onDrag: over,
    onDragLeave: ({ source }) => dragging.over(source.data.task as number, null),
    onDrop: ({ source, location }) => dragging.drop(source.data.task as number, placeAt(location.current.input)),
  });
  if (!isDraggable) return target;
  return combine(target, draggable({ element, getInitialData: () => ({ task: key }) }));
}
