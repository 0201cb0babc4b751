/**
 * Waits for a revision's code. An interrupt ends the wait also where the code waits for something of its own, unless
 * `queries` says that a query of its is under way: that one is cancelled on the server, and ends the code that way.
 */
export async function unlessInterrupted(
  code: Promise<void>,
  signal: AbortSignal | undefined,
  queries: () => boolean,
): Promise<void> {
  if (signal === undefined) return await code;
  let interrupt = (): void => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => {
      if (!queries()) reject(signal.reason as Error);
    };
    signal.addEventListener("abort", interrupt);
    if (signal.aborted) interrupt();
  });
  try {
    await Promise.race([code, interrupted]);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
