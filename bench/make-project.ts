import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The statements of a benchmark's revisions: 250 × (create table, add column, create index, add check). */
export function statementOf(index: number): string {
  const table = `t_${String(Math.floor(index / 4)).padStart(4, "0")}`;
  switch (index % 4) {
    case 0:
      return `CREATE TABLE ${table} (id integer PRIMARY KEY, name text)`;
    case 1:
      return `ALTER TABLE ${table} ADD COLUMN amount numeric(12,2)`;
    case 2:
      return `CREATE INDEX ix_${table}_name ON ${table} (name)`;
    default:
      return `ALTER TABLE ${table} ADD CONSTRAINT ck_${table} CHECK (amount >= 0)`;
  }
}

/** The id of the revision of this number, counted from 0. */
export function revisionId(index: number): string {
  return new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** Writes a project of this many TypeScript revisions, one statement each, into a folder. */
export function makeProject(folder: string, count: number, statement = statementOf): void {
  mkdirSync(join(folder, "migrations"), { recursive: true });
  writeFileSync(
    join(folder, "limbeck.config.ts"),
    'import { defineConfig } from "limbeck";\n\nexport default defineConfig({ url: process.env.DATABASE_URL, migrations: "migrations" });\n',
  );
  writeFileSync(join(folder, "package.json"), '{ "name": "bench-project", "private": true, "type": "module" }\n');
  for (let index = 0; index < count; index++) {
    const id = revisionId(index);
    const down = index === 0 ? "null" : JSON.stringify(revisionId(index - 1));
    writeFileSync(
      join(folder, "migrations", `${id}_step_${index}.ts`),
      `import { sql, type Operations } from "limbeck";

export const revision = ${JSON.stringify(id)};
export const downRevision = ${down};
export const branchLabels = null;
export const dependsOn = null;

/** Step ${index}. */
export async function upgrade(op: Operations) {
  op.execute(sql\`${statement(index)}\`);
}

export async function downgrade(op: Operations) {
  op.execute(sql\`SELECT 1\`);
}
`,
    );
  }
}
