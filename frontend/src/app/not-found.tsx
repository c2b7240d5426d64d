import { NothingHere } from '@/components/nothing-here';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <NothingHere />
    </main>
  );
}
