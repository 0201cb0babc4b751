import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, type Sql } from "testkit";
import type { AutogenerateOptions, AutogenerateResult } from "../src/commands/autogenerate.ts";
import { Limbeck, type OpenOptions } from "../src/commands/limbeck.ts";

export const FIRST = `create table country (id integer primary key);
create table city (id integer primary key, name text, country_id integer, note text);`;

/** A folder with a target schema in SQL, and a database. */
export const test = base.extend("project", async ({ databaseUrl, folder, sql }, { onCleanup }) => {
  const opened: Limbeck[] = [];
  const open = async (options: OpenOptions = {}): Promise<Limbeck> => {
    const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, schema: "schema.sql", ...options });
    opened.push(limbeck);
    return limbeck;
  };
  onCleanup(async () => {
    for (const limbeck of opened) await limbeck.close();
  });
  return new Project(folder, sql, await open(), open);
});

class Project {
  readonly folder: string;
  readonly sql: Sql;
  readonly limbeck: Limbeck;
  readonly open: (options?: OpenOptions) => Promise<Limbeck>;

  constructor(folder: string, sql: Sql, limbeck: Limbeck, open: Project["open"]) {
    this.folder = folder;
    this.sql = sql;
    this.limbeck = limbeck;
    this.open = open;
  }

  target(schema: string): void {
    writeFileSync(join(this.folder, "schema.sql"), schema);
  }

  /** The database stands at a first revision that was generated. */
  async begin(schema = FIRST): Promise<void> {
    this.target(schema);
    await this.limbeck.autogenerate({ message: "begin", revisionId: "1" });
    await this.limbeck.upgrade();
  }

  async next(schema: string, options: AutogenerateOptions = {}): Promise<AutogenerateResult> {
    this.target(schema);
    return await this.limbeck.autogenerate({ message: "next", revisionId: "2", ...options });
  }

  files(): string[] {
    return existsSync(join(this.folder, "migrations")) ? readdirSync(join(this.folder, "migrations")).toSorted() : [];
  }
}
