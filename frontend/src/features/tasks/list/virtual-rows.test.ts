import { beforeEach, expect, it, vi } from 'vitest';
import { VirtualRows } from './virtual-rows';

const KEYS = Array.from({ length: 1000 }, (_, index) => index);
const HEIGHT = 40;
let measure: (heights: Record<number, number>) => void;

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: (entries: object[]) => void) {
        measure = (heights) =>
          callback(
            Object.entries(heights).map(([key, blockSize]) => ({
              target: { dataset: { key, index: key } },
              borderBoxSize: [{ blockSize }],
            })),
          );
      }
      observe = vi.fn();
      unobserve = vi.fn();
      disconnect = vi.fn();
    },
  );
});

function scrolled(to = 0) {
  const rows = new VirtualRows();
  const scroller = document.createElement('div');
  vi.spyOn(scroller, 'clientHeight', 'get').mockReturnValue(10 * HEIGHT);
  const layout = () => rows.layout(KEYS, () => HEIGHT);
  layout();
  rows.follow(scroller);
  scroller.scrollTop = to;
  scroller.dispatchEvent(new Event('scroll'));
  return { rows, scroller, layout };
}

it('renders what is in view and some rows around it', () => {
  const { places, height } = scrolled(500 * HEIGHT).layout();
  expect(places.at(0)).toEqual({ index: 488, key: 488, start: 488 * HEIGHT });
  expect(places.at(-1)?.index).toBe(522);
  expect(height).toBe(1000 * HEIGHT);
});

it('renders again only when other rows come into view', () => {
  const { rows, scroller, layout } = scrolled(500 * HEIGHT);
  layout();
  const before = rows.changes.get();
  scroller.scrollTop += 10;
  scroller.dispatchEvent(new Event('scroll'));
  expect(rows.changes.get()).toBe(before);
  scroller.scrollTop += HEIGHT;
  scroller.dispatchEvent(new Event('scroll'));
  expect(rows.changes.get()).toBe(before + 1);
});

it('takes over measured heights, and keeps in view what is there', () => {
  const { scroller, layout } = scrolled(500 * HEIGHT);
  layout();
  measure({ 490: 60, 505: 70 });
  expect(scroller.scrollTop).toBe(500 * HEIGHT + 20);
  const { places, height } = layout();
  expect(places.find(({ key }) => key === 500)?.start).toBe(500 * HEIGHT + 20);
  expect(height).toBe(1000 * HEIGHT + 50);
});

it('scrolls as little as possible to a row', () => {
  const { rows, scroller } = scrolled(500 * HEIGHT);
  rows.scrollTo(505);
  expect(scroller.scrollTop).toBe(500 * HEIGHT);
  rows.scrollTo(520);
  expect(scroller.scrollTop).toBe(511 * HEIGHT);
  rows.scrollTo(3);
  expect(scroller.scrollTop).toBe(3 * HEIGHT);
});
