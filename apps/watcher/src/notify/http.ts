/** A channel's receiver did not take a message. It says nothing of the URL, which may be a secret. */
class NotTaken extends Error {
  override readonly name = "NotTaken";
}

const patienceMs = 10_000;

/** Posts JSON, and is content with any status that means success. */
export async function postJson(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
    redirect: "error",
  }).catch((error: unknown) => {
    throw new NotTaken(`no answer: ${reasonOf(error)}`);
  });
  await response.arrayBuffer().catch(() => undefined);
  if (!response.ok) throw new NotTaken(`answered with ${response.status}`);
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? name;
}
