// The two things that are asked of GitHub: which files a pull request changes, and a comment that is kept current.

const MARK = "<!-- limbeck preview -->";

async function ask({ env, token }, method, path, body) {
  const url = path.startsWith("http") ? path : `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}${path}`;
  const response = await fetch(url, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "limbeck",
      "x-github-api-version": "2022-11-28",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) {
    const right = method === "GET" ? "read" : "write";
    throw new Error(
      `GitHub answered ${method} ${new URL(url).pathname} with ${response.status}: the job needs \`permissions: pull-requests: ${right}\`.`,
    );
  }
  return { body: await response.json(), next: /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] };
}

async function* pages(access, path) {
  for (let at = path; at !== undefined;) {
    const { body, next } = await ask(access, "GET", at);
    yield* body;
    at = next;
  }
}

/** The paths that a pull request adds or changes, from the repository's root. */
export async function changedFiles({ pull, ...access }) {
  const changed = new Set();
  for await (const { filename, status } of pages(access, `/pulls/${pull}/files?per_page=100`)) {
    if (status !== "removed") changed.add(filename);
  }
  return changed;
}

/** Writes the comment, or writes it anew. */
export async function comment({ pull, text, ...access }) {
  const body = `${MARK}\n${text}`.slice(0, 65_000);
  for await (const { id, body: said } of pages(access, `/issues/${pull}/comments?per_page=100`)) {
    if (said.startsWith(MARK)) return await ask(access, "PATCH", `/issues/comments/${id}`, { body });
  }
  return await ask(access, "POST", `/issues/${pull}/comments`, { body });
}
