import type { Language } from './languages';

/** A text has nothing that a stranger can write, such as a name: otherwise sign-up would send mails for anybody. */
export interface Text {
  subject: string;
  /** Above the button. */
  lines: string[];
  /** Label of the button that opens the link. */
  action: string;
  /** Below the button. */
  after: string[];
}

export type TextKind = 'password-changed';
type Texts = Record<TextKind, (address: string) => Text>;

const ENGLISH: Texts = {
  'password-changed': (address) => ({
    subject: 'Your password was changed',
    lines: [`The password of ${address} was changed. All other devices are signed out.`],
    action: 'Sign in',
    after: ['If it was not you, somebody else knows your password or reads your mail. Choose a new password at once.'],
  }),
};

const GERMAN: Texts = {
  'password-changed': (address) => ({
    subject: 'Dein Passwort wurde geändert',
    lines: [`Das Passwort von ${address} wurde geändert. Alle anderen Geräte sind abgemeldet.`],
    action: 'Anmelden',
    after: [
      'Wenn du das nicht warst, kennt jemand anderes dein Passwort oder liest deine E-Mails. Wähle sofort ein neues Passwort.',
    ],
  }),
};

const SPANISH: Texts = {
  'password-changed': (address) => ({
    subject: 'Tu contraseña ha cambiado',
    lines: [`La contraseña de ${address} ha cambiado. Se ha cerrado la sesión en los demás dispositivos.`],
    action: 'Iniciar sesión',
    after: [
      'Si no has sido tú, otra persona conoce tu contraseña o lee tu correo. Elige una contraseña nueva cuanto antes.',
    ],
  }),
};

export const TEXTS: Record<Language, Texts> = { en: ENGLISH, de: GERMAN, es: SPANISH };
