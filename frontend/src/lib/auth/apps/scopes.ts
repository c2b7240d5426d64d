/** The scopes that an app can have, and their descriptions for users. */
export const SCOPES = ['tasks:read', 'tasks:write', 'offline_access'] as const;

const PLAIN: Record<string, string> = {
  'tasks:read': 'See your tasks, settings, notifications and history',
  'tasks:write': 'Add, change, complete and delete tasks, and change settings',
  offline_access: 'Stay connected until you disconnect it',
};

/** Returns descriptions in the order of SCOPES, then unknown scopes as they are. */
export function inPlainWords(scopes: string[]): string[] {
  const known = SCOPES.filter((scope) => scopes.includes(scope));
  const other = scopes.filter((scope) => !(scope in PLAIN));
  return [...known, ...other].map((scope) => PLAIN[scope] ?? scope);
}
