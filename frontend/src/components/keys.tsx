/** Renders names of keys, separated by spaces, as keyboard keys. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded border border-edge bg-sunken px-1 text-center font-sans text-xs text-quiet"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
