/** The rules of a new password. The page checks the length, the server also whether the password is common. */
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;
/** From this length on, a password may be a common one. */
export const LONG_PASSWORD = 12;

export const PASSWORD_HINT = `At least ${LONG_PASSWORD} characters, or ${MIN_PASSWORD} that are no common password`;
