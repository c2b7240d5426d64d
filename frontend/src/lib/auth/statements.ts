/** Signed statements about users that the sign-in server makes to the task API. */
const TIMEOUT_MS = 2000;
const TOKEN_SECONDS = 60;

export type Sign = (claims: Record<string, unknown>) => Promise<string>;

/** Makes statements of one kind: the last part of the path, and of the audience that the task API requires. */
export class Statements {
  constructor(
    private readonly backendUrl: string,
    private readonly kind: 'revocations' | 'erasures',
    private readonly sign: Sign,
  ) {}

  /** Throws if the task API does not accept it. `since` is when it became true. */
  async make(userId: string, since: Date, claims: Record<string, string> = {}): Promise<void> {
    const token = await this.sign({
      aud: `todo/${this.kind}`,
      sub: userId,
      iat: Math.floor(since.getTime() / 1000),
      exp: Math.floor(Date.now() / 1000) + TOKEN_SECONDS,
      ...claims,
    });
    const response = await fetch(`${this.backendUrl}/api/${this.kind}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the task API answered ${response.status}`);
  }
}
