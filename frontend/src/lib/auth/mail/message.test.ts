// @vitest-environment node
import { expect, it } from 'vitest';
import { LANGUAGES, languageOf } from './languages';
import { compose } from './message';
import { type TextKind, TEXTS } from './texts';

const PARTS = {
  id: 'c0ffee',
  address: 'ann@example.com',
  link: 'https://todo.example/sign-in',
  from: 'todo@todo.example',
  host: 'todo.example',
  createdAt: new Date(0),
};
const KINDS = Object.keys(TEXTS.en) as TextKind[];

it.each(LANGUAGES.flatMap((language) => KINDS.map((kind) => ({ language, kind }))))(
  'says the same in plain text and in HTML: $kind in $language',
  ({ language, kind }) => {
    const { text, html, subject } = compose({ ...PARTS, language, kind });
    const { lines, action, after } = TEXTS[language][kind](PARTS.address, '');
    for (const part of [...lines, action, ...after, PARTS.link]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(subject).toBe(TEXTS[language][kind](PARTS.address, '').subject);
    expect(html).toContain(`lang="${language}"`);
  },
);

it('makes no markup of an address', () => {
  const { html } = compose({ ...PARTS, address: '"<b>&"@example.com', language: 'en', kind: 'password-changed' });
  expect(html).not.toContain('<b>');
  expect(html).toContain('&quot;&lt;b&gt;&amp;&quot;@example.com');
});

it('is the same message when it is sent again', () => {
  const one = compose({ ...PARTS, language: 'en', kind: 'password-changed' });
  expect(one).toEqual(compose({ ...PARTS, language: 'en', kind: 'password-changed' }));
  expect(one.messageId).toBe('<c0ffee@todo.example>');
});

it.each([
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['fr-FR, es;q=0.5', 'es'],
  ['en;q=0.1, de;q=0.2', 'de'],
  ['tlh', 'en'],
  ['', 'en'],
  [null, 'en'],
] as const)('answers %j in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
