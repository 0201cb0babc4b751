/** Why there is no answer: the service's own code and sentence, or that it is away. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const storageKey = "watcher-token";
const patienceMs = 20_000;

/** Asks the API, with a token where one is needed, and knows whether the service is there. */
export class Client {
  /** Whether a token has to be given before anything is answered. */
  locked = false;
  /** Since when the service has not answered, in milliseconds; null while it does. */
  awaySince: number | null = null;
  #listeners = new Set<() => void>();
  readonly #storage: Storage;

  /** The token is kept in `storage`: the session's, so that it is this tab's and ends with it. */
  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get hasToken(): boolean {
    return this.#storage.getItem(storageKey) !== null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The answer's text, which is JSON. */
  async get(path: string, signal: AbortSignal): Promise<string> {
    const token = this.#storage.getItem(storageKey);
    const response = await this.#reach(path, token, signal);
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 401) this.#say({ locked: true });
    throw failureOf(response.status, text);
  }

  /** Tries a token, and keeps it if it is good. */
  async signIn(token: string, signal: AbortSignal): Promise<void> {
    const response = await this.#reach("/overview", token, signal);
    if (!response.ok) throw failureOf(response.status, await response.text());
    this.#storage.setItem(storageKey, token);
    this.#say({ locked: false });
  }

  signOut(): void {
    this.#storage.removeItem(storageKey);
    this.#say({ locked: true });
  }

  async #reach(path: string, token: string | null, signal: AbortSignal): Promise<Response> {
    const headers = { accept: "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) };
    try {
      const options = { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) };
      const response = await fetch(path, { ...options, cache: "no-store", credentials: "omit" });
      this.#say({ awaySince: null });
      return response;
    } catch (error) {
      if (signal.aborted) throw error;
      this.#say({ awaySince: this.awaySince ?? Date.now() });
      throw new Failure(0, "AWAY", "Watcher does not answer.");
    }
  }

  #say(news: { locked?: boolean; awaySince?: number | null }): void {
    const { locked = this.locked, awaySince = this.awaySince } = news;
    if (locked === this.locked && awaySince === this.awaySince) return;
    this.locked = locked;
    this.awaySince = awaySince;
    for (const listener of this.#listeners) listener();
  }
}

function failureOf(status: number, text: string): Failure {
  try {
    const { code, message, detail } = JSON.parse(text) as { code?: string; message?: string; detail?: unknown };
    return new Failure(status, code ?? String(status), message ?? `The request was refused: ${JSON.stringify(detail)}`);
  } catch {
    return new Failure(status, String(status), `Watcher answered with ${status}.`);
  }
}
