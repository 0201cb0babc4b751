import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

function written(isTTY: boolean): string {
  let text = "";
  const logger = createLogger("info", { isTTY, write: (line) => (text += line) });
  logger.debug("unheard");
  logger.info("hello");
  logger.error({ err: new Error("because") }, "failed");
  return text;
}

test("machines get a line of JSON for each message", () => {
  const lines = written(false).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 30, msg: "hello" },
    { level: 50, msg: "failed", err: { message: "because" } },
  ]);
});

test("people get the message, and the cause of an error", () => {
  expect(written(true)).toMatch(/^\d\d:\d\d:\d\d hello\n\d\d:\d\d:\d\d error: failed\nError: because\n/);
});
