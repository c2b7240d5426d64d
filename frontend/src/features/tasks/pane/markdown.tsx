'use client';

import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';

const heading = ({ children }: { children?: ReactNode }) => <p className="font-semibold">{children}</p>;

/** HTML in the text is shown as text, and pictures as their words: loading one would tell a third party. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  img: ({ alt }) => <>{alt}</>,
  input: ({ checked }) => (
    <input type="checkbox" disabled checked={checked ?? false} aria-label={checked ? 'Done' : 'Open'} />
  ),
  // A single new line is one, as it was typed (`whitespace-pre-line`).
  p: ({ children }) => <p className="whitespace-pre-line">{children}</p>,
  br: () => null,
  ...{ h1: heading, h2: heading, h3: heading, h4: heading, h5: heading, h6: heading },
};

const LOOK =
  'flex flex-col gap-2 break-words [&_blockquote]:border-l-2 [&_blockquote]:border-edge [&_blockquote]:pl-3 [&_code]:rounded [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.9em] [&_ol]:list-decimal [&_ol]:pl-5 [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:p-2 [&_td]:border [&_td]:border-edge [&_td]:px-2 [&_th]:border [&_th]:border-edge [&_th]:px-2 [&_ul]:list-disc [&_ul]:pl-5 [&_ul:has(input)]:list-none [&_ul:has(input)]:pl-0';

export function Markdown({ text }: { text: string }) {
  return (
    <div dir="auto" className={LOOK}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
