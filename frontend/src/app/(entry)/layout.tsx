import type { ReactNode } from 'react';
import { Intro } from '@/features/account/intro';

/** Signing in and signing up: what the product is beside the form, or on a phone above it. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-8 bg-sunken p-4 lg:flex-row lg:gap-16">
      <Intro />
      <div className="w-full max-w-md rounded-card border border-edge bg-raised p-6 shadow-soft lg:max-w-sm">
        {children}
      </div>
    </main>
  );
}
