/** A person who uses the keyboard alone. After every key, something has the focus and can be seen. */
import { expect, type Locator, type Page } from '@playwright/test';

/** More than the page has places to stop at. */
const MOST_TABS = 60;

export class Keys {
  constructor(private readonly page: Page) {}

  /** Presses keys, one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await expect.poll(() => this.page.evaluate(focused), `after ${key} (${keys.join(' ')})`).toBe('visible');
    }
  }

  /** Types a text into the field that has the focus. */
  async type(text: string): Promise<void> {
    await this.press(...Array.from(text, (letter) => (letter === ' ' ? 'Space' : letter)));
  }

  /** Goes to an element with Tab, or Shift+Tab. */
  async tabTo(element: Locator, key = 'Tab'): Promise<void> {
    await expect(element).toBeVisible();
    const hasFocus = () => element.evaluate((one) => one === document.activeElement);
    for (let times = 0; times < MOST_TABS && !(await hasFocus()); times++) await this.press(key);
    await expect(element).toBeFocused();
  }
}

/** Says where the focus is: `visible`, or what is wrong with it. */
function focused(): string {
  const element = document.activeElement;
  if (!element || element === document.body) return 'on the body';
  const { width, height, top, left, bottom, right } = element.getBoundingClientRect();
  const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const isVisible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  return width > 0 && height > 0 && isInView && isVisible
    ? 'visible'
    : `not visible: ${element.outerHTML.slice(0, 200)}`;
}
