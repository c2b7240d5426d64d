/** Actions of a person in the assistant panel. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Assistant {
  readonly panel: Locator;
  readonly composer: Locator;
  readonly log: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByRole('complementary', { name: 'Assistant' });
    this.composer = this.panel.getByRole('textbox', { name: 'Message' });
    this.log = this.panel.getByRole('log', { name: 'Conversation' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Assistant', exact: true }).click();
    await expect(this.composer).toBeFocused();
  }

  /** Sends a message and waits until the answer is complete. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.message(text)).toBeVisible();
    await this.answered();
    await expect(this.panel.getByRole('alert')).toHaveCount(0);
  }

  async answered(): Promise<void> {
    await expect(this.panel.getByRole('button', { name: 'Send' })).toBeVisible();
    await expect(this.log).toHaveAttribute('aria-busy', 'false');
  }

  message(text: string): Locator {
    return this.log.getByText(text, { exact: true }).last();
  }

  /** The last answer of the assistant. */
  get answer(): Locator {
    return this.log
      .locator(':scope > div')
      .filter({ hasText: /^Assistant: / })
      .last();
  }

  card(name: string | RegExp, text: string | RegExp): Locator {
    return this.log.getByRole('group', { name }).filter({ hasText: text }).last();
  }
}
