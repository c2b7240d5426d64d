import type { Language } from './languages';
import type { Notice } from './queue';

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

export type TextKind =
  Notice | 'reset-password' | 'confirm-address' | 'account-exists' | 'change-address' | 'address-taken';
/** `about` is a date in words, the name of a device or a host, for the texts that have one. */
type Texts = Record<TextKind, (address: string, about: string) => Text>;

const ENGLISH: Texts = {
  'webhook-added': (address, host) => ({
    subject: 'A webhook was added',
    lines: [`A webhook was added to the account of ${address}. It sends changes of the tasks to ${host}.`],
    action: 'Open Todo',
    after: ['The settings list all of them. If it was not you, delete it there and choose a new password at once.'],
  }),
  'passkey-added': (address) => ({
    subject: 'A passkey was added',
    lines: [`A passkey was added to the account of ${address}. It signs in without the password.`],
    action: 'Open Todo',
    after: ['If it was not you, delete it in the settings and choose a new password at once.'],
  }),
  'new-sign-in': (address, device) => ({
    subject: 'A new sign-in',
    lines: [`Somebody signed in to ${address} in a browser that was not used for it before: ${device || 'unknown'}.`],
    action: 'Open Todo',
    after: ['If it was not you, choose a new password at once: that signs out every device.'],
  }),
  'app-connected': (address) => ({
    subject: 'An app was connected',
    lines: [`An app or a terminal has got access to the tasks of ${address}.`],
    action: 'Open Todo',
    after: ['The settings list what has access. If it was not you, disconnect it there and choose a new password.'],
  }),
  'token-created': (address) => ({
    subject: 'An access token was created',
    lines: [`An access token for the tasks of ${address} was created.`],
    action: 'Open Todo',
    after: ['The settings list all of them. If it was not you, delete it there and choose a new password.'],
  }),
  'address-changed': (address) => ({
    subject: 'Your address was changed',
    lines: [`The account of ${address} has another e-mail address now. This one does not sign in to it any more.`],
    action: 'Open Todo',
    after: ['If it was not you, somebody else knows your password: tell whoever runs this installation at once.'],
  }),
  'change-address': (address) => ({
    subject: 'Confirm your new address',
    lines: [`Somebody wants to use ${address} for an account. Confirm that it is your address.`],
    action: 'Use this address',
    after: ['The link works for one hour, and once.', 'If it was not you, ignore this mail: nothing is changed.'],
  }),
  'address-taken': (address) => ({
    subject: 'This address has an account already',
    lines: [`Somebody wants to use ${address} for an account, but it has one already. Nothing is changed.`],
    action: 'Sign in',
    after: ['To use the address for another account, first delete the one that it has.'],
  }),
  'deletion-requested': (address, day) => ({
    subject: 'Your account will be deleted',
    lines: [`The account of ${address} will be deleted on ${day}, with everything in it. Until then you can keep it.`],
    action: 'Keep the account',
    after: ['Sign in, and choose “Keep the account” in the settings. Choose a new password if it was not you.'],
  }),
  'account-deleted': (address) => ({
    subject: 'Your account is deleted',
    lines: [
      `The account of ${address} was deleted, with its tasks, reminders, conversations, sessions and connected apps.`,
    ],
    action: 'Open Todo',
    after: ['Copies that are made for emergencies are deleted when they are 30 days old.'],
  }),
  'two-factor-on': (address) => ({
    subject: 'Two-step sign-in is on',
    lines: [`Signing in to ${address} now needs a code of an authenticator app besides the password.`],
    action: 'Sign in',
    after: ['If it was not you, somebody else knows your password. Choose a new one at once.'],
  }),
  'two-factor-off': (address) => ({
    subject: 'Two-step sign-in is off',
    lines: [`Signing in to ${address} needs the password alone from now on.`],
    action: 'Sign in',
    after: ['If it was not you, choose a new password at once and turn two-step sign-in on again.'],
  }),
  'recovery-code-used': (address) => ({
    subject: 'A recovery code was used',
    lines: [`A recovery code was used for ${address}. It does not work again.`],
    action: 'Sign in',
    after: ['If it was not you, choose a new password and new recovery codes at once.'],
  }),
  'confirm-address': (address) => ({
    subject: 'Confirm your address',
    lines: [`Somebody signs up with ${address}. Confirm that it is your address, and choose a password.`],
    action: 'Choose a password',
    after: ['The link works for one day, and once.', 'If it was not you, ignore this mail: no account is created.'],
  }),
  'account-exists': (address) => ({
    subject: 'You already have an account',
    lines: [`Somebody signs up with ${address}, which has an account already. Sign in with your password.`],
    action: 'Sign in',
    after: ['If you do not know your password any more, choose a new one on the sign-in page.'],
  }),
  'reset-password': (address) => ({
    subject: 'Choose a new password',
    lines: [`Somebody asked for a new password for ${address}.`],
    action: 'Choose a new password',
    after: [
      'The link works for one hour, and once. It replaces the links of earlier mails.',
      'If it was not you, ignore this mail: your password stays as it is.',
    ],
  }),
  'password-changed': (address) => ({
    subject: 'Your password was changed',
    lines: [`The password of ${address} was changed. All other devices and connected apps are signed out.`],
    action: 'Sign in',
    after: ['If it was not you, somebody else knows your password or reads your mail. Choose a new password at once.'],
  }),
};

const GERMAN: Texts = {
  'webhook-added': (address, host) => ({
    subject: 'Ein Webhook wurde hinzugefügt',
    lines: [`Zum Konto von ${address} wurde ein Webhook hinzugefügt. Er sendet Änderungen der Aufgaben an ${host}.`],
    action: 'Todo öffnen',
    after: [
      'Die Einstellungen zeigen alle. Wenn du das nicht warst, lösche ihn dort und wähle sofort ein neues Passwort.',
    ],
  }),
  'passkey-added': (address) => ({
    subject: 'Ein Passkey wurde hinzugefügt',
    lines: [`Zum Konto von ${address} wurde ein Passkey hinzugefügt. Er meldet ohne Passwort an.`],
    action: 'Todo öffnen',
    after: ['Wenn du das nicht warst, lösche ihn in den Einstellungen und wähle sofort ein neues Passwort.'],
  }),
  'new-sign-in': (address, device) => ({
    subject: 'Eine neue Anmeldung',
    lines: [
      `Jemand hat sich mit ${address} in einem Browser angemeldet, der dafür noch nicht benutzt wurde: ${device || 'unbekannt'}.`,
    ],
    action: 'Todo öffnen',
    after: ['Wenn du das nicht warst, wähle sofort ein neues Passwort: Das meldet alle Geräte ab.'],
  }),
  'app-connected': (address) => ({
    subject: 'Eine App wurde verbunden',
    lines: [`Eine App oder ein Terminal hat Zugriff auf die Aufgaben von ${address} bekommen.`],
    action: 'Todo öffnen',
    after: [
      'In den Einstellungen steht, was Zugriff hat. Wenn du das nicht warst, trenne es dort und wähle ein neues Passwort.',
    ],
  }),
  'token-created': (address) => ({
    subject: 'Ein Zugriffstoken wurde angelegt',
    lines: [`Für die Aufgaben von ${address} wurde ein Zugriffstoken angelegt.`],
    action: 'Todo öffnen',
    after: ['Die Einstellungen zeigen alle. Wenn du das nicht warst, lösche es dort und wähle ein neues Passwort.'],
  }),
  'address-changed': (address) => ({
    subject: 'Deine Adresse wurde geändert',
    lines: [
      `Das Konto von ${address} hat jetzt eine andere E-Mail-Adresse. Mit dieser kannst du dich nicht mehr anmelden.`,
    ],
    action: 'Todo öffnen',
    after: [
      'Wenn du das nicht warst, kennt jemand anderes dein Passwort: Sage es sofort denen, die diese Installation betreiben.',
    ],
  }),
  'change-address': (address) => ({
    subject: 'Bestätige deine neue Adresse',
    lines: [`Jemand will ${address} für ein Konto benutzen. Bestätige, dass es deine Adresse ist.`],
    action: 'Diese Adresse benutzen',
    after: [
      'Der Link gilt eine Stunde lang und nur einmal.',
      'Wenn du das nicht warst, ignoriere diese E-Mail: Es wird nichts geändert.',
    ],
  }),
  'address-taken': (address) => ({
    subject: 'Diese Adresse hat schon ein Konto',
    lines: [`Jemand will ${address} für ein Konto benutzen, aber sie hat schon eines. Es wird nichts geändert.`],
    action: 'Anmelden',
    after: ['Um die Adresse für ein anderes Konto zu benutzen, lösche zuerst das, das sie hat.'],
  }),
  'deletion-requested': (address, day) => ({
    subject: 'Dein Konto wird gelöscht',
    lines: [
      `Das Konto von ${address} wird am ${day} mit allem, was darin ist, gelöscht. Bis dahin kannst du es behalten.`,
    ],
    action: 'Konto behalten',
    after: [
      'Melde dich an und wähle in den Einstellungen „Keep the account“. Wenn du das nicht warst, wähle ein neues Passwort.',
    ],
  }),
  'account-deleted': (address) => ({
    subject: 'Dein Konto ist gelöscht',
    lines: [
      `Das Konto von ${address} wurde gelöscht, mit Aufgaben, Erinnerungen, Unterhaltungen, Sitzungen und verbundenen Apps.`,
    ],
    action: 'Todo öffnen',
    after: ['Sicherungskopien werden nach 30 Tagen gelöscht.'],
  }),
  'two-factor-on': (address) => ({
    subject: 'Die Anmeldung in zwei Schritten ist an',
    lines: [`Die Anmeldung mit ${address} braucht jetzt neben dem Passwort einen Code einer Authenticator-App.`],
    action: 'Anmelden',
    after: ['Wenn du das nicht warst, kennt jemand anderes dein Passwort. Wähle sofort ein neues.'],
  }),
  'two-factor-off': (address) => ({
    subject: 'Die Anmeldung in zwei Schritten ist aus',
    lines: [`Die Anmeldung mit ${address} braucht ab jetzt nur noch das Passwort.`],
    action: 'Anmelden',
    after: [
      'Wenn du das nicht warst, wähle sofort ein neues Passwort und schalte die Anmeldung in zwei Schritten wieder ein.',
    ],
  }),
  'recovery-code-used': (address) => ({
    subject: 'Ein Wiederherstellungscode wurde benutzt',
    lines: [`Für ${address} wurde ein Wiederherstellungscode benutzt. Er gilt nicht noch einmal.`],
    action: 'Anmelden',
    after: ['Wenn du das nicht warst, wähle sofort ein neues Passwort und neue Wiederherstellungscodes.'],
  }),
  'confirm-address': (address) => ({
    subject: 'Bestätige deine Adresse',
    lines: [`Jemand registriert sich mit ${address}. Bestätige, dass es deine Adresse ist, und wähle ein Passwort.`],
    action: 'Passwort wählen',
    after: [
      'Der Link gilt einen Tag lang und nur einmal.',
      'Wenn du das nicht warst, ignoriere diese E-Mail: Es wird kein Konto angelegt.',
    ],
  }),
  'account-exists': (address) => ({
    subject: 'Du hast schon ein Konto',
    lines: [`Jemand registriert sich mit ${address}. Diese Adresse hat schon ein Konto: Melde dich an.`],
    action: 'Anmelden',
    after: ['Wenn du dein Passwort nicht mehr weißt, wähle auf der Anmeldeseite ein neues.'],
  }),
  'reset-password': (address) => ({
    subject: 'Wähle ein neues Passwort',
    lines: [`Für ${address} wurde ein neues Passwort angefordert.`],
    action: 'Neues Passwort wählen',
    after: [
      'Der Link gilt eine Stunde lang und nur einmal. Er ersetzt die Links früherer E-Mails.',
      'Wenn du das nicht warst, ignoriere diese E-Mail: Dein Passwort bleibt, wie es ist.',
    ],
  }),
  'password-changed': (address) => ({
    subject: 'Dein Passwort wurde geändert',
    lines: [`Das Passwort von ${address} wurde geändert. Alle anderen Geräte und verbundenen Apps sind abgemeldet.`],
    action: 'Anmelden',
    after: [
      'Wenn du das nicht warst, kennt jemand anderes dein Passwort oder liest deine E-Mails. Wähle sofort ein neues Passwort.',
    ],
  }),
};

const SPANISH: Texts = {
  'webhook-added': (address, host) => ({
    subject: 'Se ha añadido un webhook',
    lines: [`Se ha añadido un webhook a la cuenta de ${address}. Envía los cambios de las tareas a ${host}.`],
    action: 'Abrir Todo',
    after: [
      'Los ajustes los muestran todos. Si no has sido tú, elimínalo allí y elige cuanto antes una contraseña nueva.',
    ],
  }),
  'passkey-added': (address) => ({
    subject: 'Se ha añadido una llave de acceso',
    lines: [`Se ha añadido una llave de acceso a la cuenta de ${address}. Inicia sesión sin la contraseña.`],
    action: 'Abrir Todo',
    after: ['Si no has sido tú, elimínala en los ajustes y elige cuanto antes una contraseña nueva.'],
  }),
  'new-sign-in': (address, device) => ({
    subject: 'Un nuevo inicio de sesión',
    lines: [
      `Alguien ha iniciado sesión con ${address} en un navegador que no se había usado antes: ${device || 'desconocido'}.`,
    ],
    action: 'Abrir Todo',
    after: ['Si no has sido tú, elige cuanto antes una contraseña nueva: cierra la sesión en todos los dispositivos.'],
  }),
  'app-connected': (address) => ({
    subject: 'Se ha conectado una aplicación',
    lines: [`Una aplicación o un terminal ha obtenido acceso a las tareas de ${address}.`],
    action: 'Abrir Todo',
    after: [
      'Los ajustes muestran qué tiene acceso. Si no has sido tú, desconéctalo allí y elige una contraseña nueva.',
    ],
  }),
  'token-created': (address) => ({
    subject: 'Se ha creado un token de acceso',
    lines: [`Se ha creado un token de acceso a las tareas de ${address}.`],
    action: 'Abrir Todo',
    after: ['Los ajustes los muestran todos. Si no has sido tú, elimínalo allí y elige una contraseña nueva.'],
  }),
  'address-changed': (address) => ({
    subject: 'Tu dirección ha cambiado',
    lines: [`La cuenta de ${address} tiene ahora otra dirección de correo. Con esta ya no se puede iniciar sesión.`],
    action: 'Abrir Todo',
    after: [
      'Si no has sido tú, otra persona conoce tu contraseña: avisa cuanto antes a quien administra esta instalación.',
    ],
  }),
  'change-address': (address) => ({
    subject: 'Confirma tu nueva dirección',
    lines: [`Alguien quiere usar ${address} para una cuenta. Confirma que es tu dirección.`],
    action: 'Usar esta dirección',
    after: [
      'El enlace vale durante una hora y una sola vez.',
      'Si no has sido tú, ignora este correo: no cambia nada.',
    ],
  }),
  'address-taken': (address) => ({
    subject: 'Esta dirección ya tiene una cuenta',
    lines: [`Alguien quiere usar ${address} para una cuenta, pero ya tiene una. No cambia nada.`],
    action: 'Iniciar sesión',
    after: ['Para usar la dirección en otra cuenta, elimina primero la que tiene.'],
  }),
  'deletion-requested': (address, day) => ({
    subject: 'Tu cuenta se eliminará',
    lines: [`La cuenta de ${address} se eliminará el ${day} con todo su contenido. Hasta entonces puedes conservarla.`],
    action: 'Conservar la cuenta',
    after: ['Inicia sesión y elige «Keep the account» en los ajustes. Si no has sido tú, elige una contraseña nueva.'],
  }),
  'account-deleted': (address) => ({
    subject: 'Tu cuenta se ha eliminado',
    lines: [
      `Se ha eliminado la cuenta de ${address}, con sus tareas, recordatorios, conversaciones, sesiones y aplicaciones.`,
    ],
    action: 'Abrir Todo',
    after: ['Las copias de seguridad se eliminan a los 30 días.'],
  }),
  'two-factor-on': (address) => ({
    subject: 'El inicio de sesión en dos pasos está activado',
    lines: [
      `Para iniciar sesión con ${address} ahora hace falta, además de la contraseña, un código de una aplicación de autenticación.`,
    ],
    action: 'Iniciar sesión',
    after: ['Si no has sido tú, otra persona conoce tu contraseña. Elige una nueva cuanto antes.'],
  }),
  'two-factor-off': (address) => ({
    subject: 'El inicio de sesión en dos pasos está desactivado',
    lines: [`Para iniciar sesión con ${address} basta a partir de ahora la contraseña.`],
    action: 'Iniciar sesión',
    after: [
      'Si no has sido tú, elige una contraseña nueva cuanto antes y vuelve a activar el inicio de sesión en dos pasos.',
    ],
  }),
  'recovery-code-used': (address) => ({
    subject: 'Se ha usado un código de recuperación',
    lines: [`Se ha usado un código de recuperación de ${address}. No vuelve a valer.`],
    action: 'Iniciar sesión',
    after: ['Si no has sido tú, elige cuanto antes una contraseña nueva y códigos de recuperación nuevos.'],
  }),
  'confirm-address': (address) => ({
    subject: 'Confirma tu dirección',
    lines: [`Alguien se registra con ${address}. Confirma que es tu dirección y elige una contraseña.`],
    action: 'Elegir una contraseña',
    after: [
      'El enlace vale durante un día y una sola vez.',
      'Si no has sido tú, ignora este correo: no se crea ninguna cuenta.',
    ],
  }),
  'account-exists': (address) => ({
    subject: 'Ya tienes una cuenta',
    lines: [`Alguien se registra con ${address}, que ya tiene una cuenta. Inicia sesión con tu contraseña.`],
    action: 'Iniciar sesión',
    after: ['Si no recuerdas tu contraseña, elige una nueva en la página de inicio de sesión.'],
  }),
  'reset-password': (address) => ({
    subject: 'Elige una contraseña nueva',
    lines: [`Se ha pedido una contraseña nueva para ${address}.`],
    action: 'Elegir una contraseña nueva',
    after: [
      'El enlace vale durante una hora y una sola vez. Sustituye a los enlaces de correos anteriores.',
      'Si no has sido tú, ignora este correo: tu contraseña no cambia.',
    ],
  }),
  'password-changed': (address) => ({
    subject: 'Tu contraseña ha cambiado',
    lines: [
      `La contraseña de ${address} ha cambiado. Se ha cerrado la sesión en los demás dispositivos y aplicaciones.`,
    ],
    action: 'Iniciar sesión',
    after: [
      'Si no has sido tú, otra persona conoce tu contraseña o lee tu correo. Elige una contraseña nueva cuanto antes.',
    ],
  }),
};

export const TEXTS: Record<Language, Texts> = { en: ENGLISH, de: GERMAN, es: SPANISH };
