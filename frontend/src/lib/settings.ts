import { proxyList } from './auth/address';
import type { GuessLimits } from './auth/guesses';
import { type MailSettings, readMailSettings } from './auth/mail/settings';

/** The web server's settings from its environment. They are read once at the start, which fails if one is invalid. */
export interface Settings {
  /** The public URL of the page: the origin of the cookies and the issuer of the tokens. */
  publicUrl: string;
  /** Further origins of the page, such as 127.0.0.1 in addition to localhost. */
  otherOrigins: string[];
  /** Addresses of proxies (CIDR). The client is the last address in x-forwarded-for that is not one of them. */
  trustedProxies: string[];
  /** Limits of failed passwords and codes, per account and per address. */
  guesses: GuessLimits;
  backendUrl: string;
  databaseUrl: string;
  secret: string;
  socialProviders: Partial<Record<SocialProvider, { clientId: string; clientSecret: string }>>;
  /** Null if the installation sends no mail. */
  mail: MailSettings | null;
  /** Whom to tell of a security problem: a mailto: or https: URL, or empty. */
  securityContact: string;
  /** Domain key of the official ChatKit component, which a third party serves. Empty for the page's own panel. */
  chatkitDomainKey: string;
}

export type SocialProvider = 'github' | 'google';
const PROVIDERS: SocialProvider[] = ['github', 'google'];
const MIN_SECRET_LENGTH = 32;
/** Marks values of infra/helm/todo/secrets.example.yaml that must be replaced. */
const PLACEHOLDER = 'CHANGE-ME';
const SECRETS = ['AUTH_DATABASE_URL', 'AUTH_SECRET', 'GITHUB_CLIENT_SECRET', 'GOOGLE_CLIENT_SECRET', 'SMTP_PASSWORD'];
/** The value of TRUSTED_PROXIES if clients connect to this server directly. */
const NO_PROXIES = 'none';

type Environment = Record<string, string | undefined>;

/** Throws an error that lists every missing or invalid setting. */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];

  function url(name: string, protocols: string[]): string {
    const value = environment[name] ?? '';
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol))
      problems.push(
        `${name}: needs a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      );
    return value.replace(/\/$/, '');
  }

  /** Required: a wrong default would let clients forge their address, or give all of them the proxy's address. */
  function proxies(): string[] {
    const value = environment.TRUSTED_PROXIES ?? '';
    const entries = value === NO_PROXIES ? [] : value.split(',');
    try {
      proxyList(entries);
    } catch {
      problems.push(`TRUSTED_PROXIES: needs the addresses (CIDR) of the proxies in front, by commas, or ${NO_PROXIES}`);
    }
    return entries;
  }

  function count(name: string, standard: number): number {
    const value = environment[name] || String(standard);
    if (!/^[1-9]\d{0,5}$/.test(value)) problems.push(`${name}: needs a number from 1 to 999999`);
    return Number(value);
  }

  function guesses(): GuessLimits {
    const maxDelaySeconds = count('SIGN_IN_MAX_DELAY_SECONDS', 60);
    return {
      account: {
        free: count('SIGN_IN_FREE_FAILURES_PER_ACCOUNT', 5),
        perHour: count('SIGN_IN_FAILURES_PER_ACCOUNT_AND_HOUR', 100),
        maxDelaySeconds,
      },
      address: {
        free: count('SIGN_IN_FREE_FAILURES_PER_ADDRESS', 50),
        perHour: count('SIGN_IN_FAILURES_PER_ADDRESS_AND_HOUR', 300),
        maxDelaySeconds,
      },
    };
  }

  function contact(): string {
    const value = environment.SECURITY_CONTACT ?? '';
    if (value && !/^(mailto:[^\s@]+@|https:\/\/)\S+$/.test(value))
      problems.push('SECURITY_CONTACT: needs a URL that begins with mailto: or https://');
    return value;
  }

  const settings: Settings = {
    publicUrl: url('PUBLIC_URL', ['http:', 'https:']),
    otherOrigins: (environment.OTHER_ORIGINS ?? '').split(',').filter(Boolean),
    trustedProxies: proxies(),
    guesses: guesses(),
    backendUrl: url('BACKEND_URL', ['http:', 'https:']),
    databaseUrl: url('AUTH_DATABASE_URL', ['postgres:', 'postgresql:']),
    secret: environment.AUTH_SECRET ?? '',
    socialProviders: {},
    mail: readMailSettings(environment, problems),
    securityContact: contact(),
    chatkitDomainKey: environment.CHATKIT_DOMAIN_KEY ?? '',
  };
  for (const name of SECRETS)
    if (environment[name]?.includes(PLACEHOLDER))
      problems.push(`${name}: still has the example's ${PLACEHOLDER}; replace it with a secret of your own`);
  if (settings.secret.length < MIN_SECRET_LENGTH)
    problems.push(`AUTH_SECRET: needs at least ${MIN_SECRET_LENGTH} characters`);
  for (const provider of PROVIDERS) {
    const [idName, secretName] = [`${provider.toUpperCase()}_CLIENT_ID`, `${provider.toUpperCase()}_CLIENT_SECRET`];
    const [clientId, clientSecret] = [environment[idName], environment[secretName]];
    if (clientId && clientSecret) settings.socialProviders[provider] = { clientId, clientSecret };
    else if (clientId || clientSecret) problems.push(`${idName} and ${secretName} are given together or not at all`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return settings;
}

let known: Settings | undefined;

/** Returns the settings of the running server. Do not call it at module scope: the build has no settings. */
export function settings(): Settings {
  return (known ??= readSettings(process.env));
}
