import { readFileSync } from "node:fs";
import { expect, test } from "./watcher.ts";

const guide = readFileSync(new URL("../../../docs/guide/watcher.md", import.meta.url), "utf8");

interface Shown {
  readonly path: string;
  readonly body: string | undefined;
  readonly answer: string;
}

/** The requests that the guide shows as curl's, with what it shows of their answers. */
function shownRequests(): Shown[] {
  const blocks = [...guide.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, text = ""]) => text);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter((piece) => piece.startsWith("curl ") && !piece.includes("authorization"))
      .map((piece) => {
        const [line = "", answer = ""] = piece.split("\n");
        const [, path = "", body] = /localhost:8000(\S+)(?:.* -d '([^']*)')?/.exec(line) ?? [];
        return { path, body, answer };
      }),
  );
}

test("the service answers as its guide shows", async ({ ask }) => {
  const requests = shownRequests();
  expect(requests.length).toBeGreaterThan(5);
  for (const { path, body, answer } of requests) {
    const said = await ask(body === undefined ? "GET" : "POST", path, body);
    const wanted: unknown = answer === "" ? "" : JSON.parse(answer.replace('"embedded"', '"server"'));
    expect([path, said.body]).toEqual([path, wanted]);
  }
});
