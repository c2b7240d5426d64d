import { highlight } from '@/lib/highlight';

export function Highlighted({ text, search }: { text: string; search: string }) {
  if (search === '') return text;
  return highlight(text, search).map((piece, index) =>
    piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}
