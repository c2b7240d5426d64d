import { expect } from './person';
import { launcher } from './suite';

/** Returns the link of the newest mail to an address, as `make mail` shows it. */
export async function linkFor(email: string): Promise<string> {
  let link = '';
  await expect
    .poll(() => {
      const parts = launcher('mail').split(`to ${email}`);
      link = /https?:\S+#\S+/.exec(parts.at(-1) ?? '')?.[0] ?? '';
      return parts.length > 1 && link;
    })
    .toBeTruthy();
  return link;
}
