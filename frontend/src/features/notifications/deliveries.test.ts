import { afterEach, expect, it } from 'vitest';
import { setRegion } from '@/lib/region';
import { type Delivery, deliveryLabel } from './deliveries';

afterEach(() => setRegion({}));

function label(delivery: Partial<Delivery>): string {
  const sent: Delivery = {
    channel: 'email',
    target: 'ann@example.com',
    state: 'sent',
    at: '2026-11-30T08:00:02Z',
    reason: null,
  };
  return deliveryLabel({ ...sent, ...delivery }, 'Europe/Berlin');
}

it('says when it was sent, to the second, by the clock of the user', () => {
  setRegion({ locale: 'en-GB' });
  expect(label({})).toBe('Sent by e-mail 9:00:02');
  expect(label({ channel: 'push', target: 'Chrome on Linux' })).toBe('Sent to Chrome on Linux 9:00:02');
  setRegion({ locale: 'en-US' });
  expect(label({})).toMatch(/^Sent by e-mail 9:00:02\sAM$/);
});

it('says what was not sent, and why', () => {
  expect(label({ state: 'failed', reason: 'there is no such mailbox' })).toBe(
    'Not sent by e-mail: there is no such mailbox',
  );
  expect(label({ state: 'dropped', reason: 'it was read before' })).toBe('Not sent by e-mail: it was read before');
  expect(label({ state: 'waiting', at: null, reason: 'quiet hours' })).toBe('Not sent by e-mail yet: quiet hours');
  expect(label({ state: 'waiting', at: null })).toBe('Not sent by e-mail yet');
});
