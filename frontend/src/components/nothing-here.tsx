export function NothingHere() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-panel font-semibold">Page not found</h1>
      <p className="text-sm text-quiet">The address may be mistyped.</p>
      <a href="/today" className="text-accent underline">
        Go to Today
      </a>
    </div>
  );
}
