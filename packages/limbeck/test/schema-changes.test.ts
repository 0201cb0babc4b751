import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { describe } from "vitest";
import { openSession } from "../src/database/open.ts";
import { readSchema } from "../src/database/read-schema.ts";
import type { Session } from "../src/database/session.ts";
import { compareSchemas } from "../src/schema/compare.ts";
import type { Schema } from "../src/schema/fact.ts";
import { changes } from "./schema-changes.ts";

const everything = readFileSync(join(import.meta.dirname, "schema-everything.sql"), "utf8");

async function differencesAfter(session: Session, change: string, target: Schema): Promise<string[]> {
  await session.query("begin");
  try {
    await session.script([change]);
    return compareSchemas(await readSchema(session), target).map(({ message }) => message);
  } finally {
    await session.query("rollback");
  }
}

async function checkEach(url: string, some: typeof changes): Promise<void> {
  const session = await openSession(url, "/", {});
  try {
    await session.script([everything]);
    const target = await readSchema(session);
    expect(compareSchemas(await readSchema(session), target)).toEqual([]);
    for (const [change, ...messages] of some) {
      expect.soft(await differencesAfter(session, change, target), change).toEqual(messages);
    }
  } finally {
    await session.close();
  }
}

describe("each single change is exactly one difference, or those that it is made of", () => {
  test("on a server", async ({ databaseUrl }) => {
    await checkEach(databaseUrl, changes);
  });

  test("on the embedded database", async () => {
    await checkEach(
      "pglite://memory",
      changes.filter((_, index) => index % 4 === 0),
    );
  });
});
