/** Called with SQL where it is asked for; gives what looks at it before it is sent, and throws what refuses it. */
export type Check = (text: string) => () => Promise<void>;

type Arguments = readonly unknown[];

/** What `pg` sends by its own hand: a cursor, a stream. */
interface Submittable {
  readonly submit: unknown;
  readonly handleError?: (error: unknown, connection?: unknown) => void;
}

/**
 * A `pg` client or a PGlite in the hands of a revision: what goes through `query` and `exec` is looked at first, in the
 * order of the calls. Its other faces are its own.
 */
export function checkedClient(client: object, check: Check): object {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (text: string, send: () => unknown): Promise<unknown> => {
    const checked = turn.then(check(text));
    const sent = checked.then(send);
    turn = checked.catch(() => undefined);
    return sent;
  };
  const sender =
    (method: (...args: Arguments) => unknown) =>
    (...args: Arguments): unknown => {
      const sent = inTurn(textOf(args[0]), () => Reflect.apply(method, client, args));
      if (isSubmittable(args[0])) {
        const query = args[0];
        sent.catch((error: unknown) => query.handleError?.(error));
        return query;
      }
      const refused = args.find((arg) => typeof arg === "function") as ((error: unknown) => void) | undefined;
      if (refused === undefined) return sent;
      sent.catch((error: unknown) => refused(error));
      return undefined;
    };
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function" || name === "constructor") return value;
      const method = value as (...args: Arguments) => unknown;
      return name === "query" || name === "exec" ? sender(method) : method.bind(target);
    },
  });
}

/** SQL is the first argument, or the `text` of it. */
function textOf(query: unknown): string {
  if (typeof query === "string") return query;
  const { text } = (query ?? {}) as { readonly text?: unknown };
  return typeof text === "string" ? text : "";
}

function isSubmittable(query: unknown): query is Submittable {
  return typeof (query as Submittable | null | undefined)?.submit === "function";
}
