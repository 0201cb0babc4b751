import { createContext } from "preact";
import { useContext, useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { Client } from "./client.ts";
import { Failure } from "./client.ts";

export const ClientContext = createContext<Client>(undefined as unknown as Client);

/** The client, and a new look at it whenever its state changes. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  const [, look] = useReducer((turn: number, _: void) => turn + 1, 0);
  useEffect(() => client.subscribe(() => look()), [client]);
  return client;
}

/** What was answered last, and why there is nothing newer. */
export interface Live<Data> {
  readonly data: Data | undefined;
  readonly failure: Failure | undefined;
}

const longestPauseMs = 30_000;

/**
 * Asks again and again, and gives the newest answer. While nobody looks at the page it rests; after a failure it waits
 * longer each time. `keep` shows the answer to the last path until the one to a new path is there.
 */
export function useLive<Data>(path: string, everyMs: number, keep = false): Live<Data> {
  const client = useContext(ClientContext);
  const [answer, setAnswer] = useState<Live<Data> & { path: string }>({ path, data: undefined, failure: undefined });
  const [wakes, wake] = useReducer((turn: number, _: void) => turn + 1, 0);
  const text = useRef("");

  useEffect(() => {
    const awake = () => document.visibilityState === "visible" && wake();
    document.addEventListener("visibilitychange", awake);
    const unsubscribe = client.subscribe(() => !client.locked && wake());
    return () => {
      document.removeEventListener("visibilitychange", awake);
      unsubscribe();
    };
  }, [client]);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const ask = async (): Promise<void> => {
      try {
        const newest = await client.get(path, controller.signal);
        failures = 0;
        // The same answer is no reason to draw the page again.
        if (newest !== text.current) setAnswer({ path, data: JSON.parse(newest) as Data, failure: undefined });
        else setAnswer((last) => (last.failure === undefined ? last : { ...last, failure: undefined }));
        text.current = newest;
      } catch (error) {
        if (controller.signal.aborted) return;
        failures += 1;
        const failure = error instanceof Failure ? error : new Failure(0, "BROKEN", (error as Error).message);
        setAnswer((last) => ({ path, data: last.path === path ? last.data : undefined, failure }));
      }
      if (controller.signal.aborted || document.visibilityState === "hidden" || client.locked) return;
      timer = setTimeout(() => void ask(), Math.min(everyMs * 2 ** failures, Math.max(everyMs, longestPauseMs)));
    };
    void ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
      text.current = "";
    };
  }, [client, path, everyMs, wakes]);

  return answer.path === path || keep ? answer : { data: undefined, failure: undefined };
}

/** The moment, again every so often: for what says how long ago something was. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
