/** What is wrong with the text of a field, below it; announced as it comes. */
export function FieldError({ id, children }: { id: string; children: string | null }) {
  return (
    <p id={id} role="alert" className="text-xs text-danger empty:hidden">
      {children}
    </p>
  );
}
