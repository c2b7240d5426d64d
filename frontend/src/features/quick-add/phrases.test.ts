import { expect, it } from 'vitest';
import type { ParsedLine } from '@/features/tasks/data/parser';
import { keysOf } from '@/features/tasks/data/answers';
import { type Decisions, UNDECIDED } from '@/features/tasks/data/understood';
import { piecesOf } from './phrases';

/** A line whose phrases are in square brackets, and those that leave a question in curly ones. */
function answerTo(marked: string): ParsedLine {
  const spans = [...marked.matchAll(/[[{]([^\]}]*)[\]}]/g)].map((found, index) => {
    const start = Array.from(marked.slice(0, found.index)).length - 2 * index;
    const words = found[1] ?? '';
    return { asks: found[0].startsWith('{'), start, end: start + Array.from(words).length, text: words };
  });
  return {
    text: marked.replace(/[[\]{}]/g, ''),
    matches: spans,
    ambiguities: spans.filter(({ asks }) => asks),
  } as unknown as ParsedLine;
}

/** Marks the pieces of a text as `answerTo` reads them. */
function shown(text: string, answered: string, decisions: Decisions = UNDECIDED): string {
  const around = { plain: ['', ''], understood: ['[', ']'], asked: ['{', '}'] } as const;
  return piecesOf(text, answerTo(answered), decisions)
    .map(({ text: words, look }) => around[look][0] + words + around[look][1])
    .join('');
}

it.each([
  ['what was understood', 'call mom tomorrow', 'call mom [tomorrow]', 'call mom [tomorrow]'],
  ['a question', 'call at 5 #home', 'call {at 5} [#home]', 'call {at 5} [#home]'],
  ['spaces around the line', '  call friday ', 'call [friday]', '  call [friday] '],
  ['emoji before a phrase, which are two units', '🎉🎉 party friday', '🎉🎉 party [friday]', '🎉🎉 party [friday]'],
  ['more words at the end', 'call friday with', 'call [friday]', 'call [friday] with'],
  ['words before a phrase', 'please call friday', 'call [friday]', 'please call [friday]'],
  ['words between phrases', 'call friday or so #home', 'call [friday] #home', 'call [friday] or so #home'],
  ['right-to-left text', 'לקנות חלב tomorrow', 'לקנות חלב [tomorrow]', 'לקנות חלב [tomorrow]'],
])('underlines %s', (_, text, answered, expected) => {
  expect(shown(text, answered)).toBe(expected);
});

it.each([
  ['has become another word', 'call friend', 'call [fri]', 'call friend'],
  ['was typed into', 'call frxiday now', 'call [friday] now', 'call frxiday now'],
  ['another word was put before', 'call xfriday', 'call [friday]', 'call xfriday'],
  ['was deleted', 'call ', 'call [friday]', 'call '],
  ['was replaced by another line', 'buy milk', 'call [friday]', 'buy milk'],
])('underlines nothing where a phrase %s', (_, text, answered, expected) => {
  expect(shown(text, answered)).toBe(expected);
});

it('shows an answered question as understood', () => {
  expect(
    shown('call at 5', 'call {at 5}', {
      ...UNDECIDED,
      chosen: { [keysOf(answerTo('call {at 5}').ambiguities)[0] ?? '']: 1 },
    }),
  ).toBe('call [at 5]');
});

it('never underlines other words, whatever is deleted or typed into a line', () => {
  const answered = 'call mom [friday] [at 17] #x [p1]';
  const line = answerTo(answered);
  const phrases = line.matches.map(({ text }) => text);
  for (let from = 0; from <= line.text.length; from++)
    for (let to = from; to <= line.text.length; to++)
      for (const typed of ['', 'a', ' ', '1 '])
        for (const { text, look } of piecesOf(line.text.slice(0, from) + typed + line.text.slice(to), line, UNDECIDED))
          if (look !== 'plain') expect(phrases).toContain(text);
});
