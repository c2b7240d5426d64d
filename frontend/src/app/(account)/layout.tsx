import type { ReactNode } from 'react';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-sunken p-4">
      <div className="w-full max-w-sm rounded-xl border border-edge bg-raised p-6 shadow-sm">{children}</div>
    </main>
  );
}
