import { tell, tellFailure } from '@/components/toasts';
import { explain } from '@/lib/api/problem';
import { type Settings, useSaveSettings, useSettings } from '@/lib/account';

interface Change {
  /** The settings, once they are loaded. */
  settings: Settings | undefined;
  change: (fields: Partial<Settings>) => void;
}

/** Returns the settings, and a function that saves changed ones and says so. */
export function useChange(): Change {
  const settings = useSettings().data;
  const save = useSaveSettings();
  return {
    settings,
    change: (fields) => {
      if (!settings) return;
      save.mutate(
        { ...settings, ...fields },
        { onSuccess: () => tell('Saved'), onError: (error) => tellFailure(explain(error)) },
      );
    },
  };
}
