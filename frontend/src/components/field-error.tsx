/** The error of a field, shown below it. Screen readers announce it when it appears. */
export function FieldError({ id, children }: { id: string; children: string | null }) {
  return (
    <p id={id} role="alert" className="text-xs text-danger empty:hidden">
      {children}
    </p>
  );
}
