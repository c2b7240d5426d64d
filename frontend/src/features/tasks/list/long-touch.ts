'use client';

import { type MouseEvent, type PointerEvent, useRef } from 'react';

const LONG_MS = 450;
const MOST_PIXELS = 10;

interface Touch {
  timer: ReturnType<typeof setTimeout>;
  x: number;
  y: number;
}

/** Detects a long touch. It uses a timer, because not every browser fires `contextmenu` for a long touch. */
export function useLongTouch(run: () => void) {
  const touch = useRef<Touch | null>(null);
  const wasLong = useRef(false);

  function end(): void {
    clearTimeout(touch.current?.timer);
    touch.current = null;
  }

  return {
    onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
      wasLong.current = false;
      end();
      if (pointerType !== 'touch') return;
      const timer = setTimeout(() => {
        wasLong.current = true;
        run();
      }, LONG_MS);
      touch.current = { timer, x: clientX, y: clientY };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (touch.current && Math.hypot(clientX - touch.current.x, clientY - touch.current.y) > MOST_PIXELS) end();
    },
    onPointerUp: end,
    onPointerCancel: end, // the list is scrolled, or the browser drags the row
    onClickCapture: (event: MouseEvent) => {
      if (wasLong.current) event.stopPropagation();
      wasLong.current = false;
    },
    onContextMenu: (event: MouseEvent) => {
      if ((event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') event.preventDefault();
    },
  };
}
