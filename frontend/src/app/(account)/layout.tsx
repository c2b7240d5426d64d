import type { ReactNode } from 'react';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-sunken p-4">
      <div className="w-full max-w-sm rounded-card border border-edge bg-raised p-6 shadow-soft">{children}</div>
    </main>
  );
}
