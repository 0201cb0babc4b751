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
import { restChanges } from "./schema-changes-rest.ts";

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, file), "utf8");
const everything = textOf("schema-everything.sql");

async function differencesAfter(session: Session, change: string, target: Schema): Promise<string[]> {
  await session.query("begin");
  try {
    await session.script([change]);
    return compareSchemas(await readSchema(session, { keepsPlan: true }), target).map(({ message }) => message);
  } finally {
    await session.query("rollback");
  }
}

async function checkEach(url: string, sql: string, some: typeof changes): Promise<void> {
  const session = await openSession(url, "/", {});
  try {
    await session.script([sql]);
    const target = await readSchema(session, { keepsPlan: true });
    expect(compareSchemas(await readSchema(session, { keepsPlan: true }), target)).toEqual([]);
    for (const [change, ...messages] of some) {
      expect.soft(await differencesAfter(session, change, target), change).toEqual(messages);
    }
  } finally {
    await session.close();
  }
}

describe("each single change is exactly one difference, or those that it is made of", () => {
  test("on a server", async ({ databaseUrl }) => {
    await checkEach(databaseUrl, everything, changes);
  });

  test("of kinds that few schemas have", async ({ databaseUrl }) => {
    await checkEach(databaseUrl, textOf("schema-rest.sql"), restChanges);
  });

  test("on the embedded database", async () => {
    await checkEach(
      "pglite://memory",
      everything,
      changes.filter((_, index) => index % 4 === 0),
    );
  });
});
