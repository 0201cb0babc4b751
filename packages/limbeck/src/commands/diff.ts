import type { ReadSchemaOptions } from "../database/read-schema.ts";
import type { Session } from "../database/session.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { sourceOf, statementsOf } from "../operations/catalogue.ts";
import type { Operation } from "../operations/operation.ts";
import { HISTORY_TABLE } from "../runner/history-table.ts";
import type { Schema } from "../schema/fact.ts";
import type { Context } from "./context.ts";

export interface DiffOptions {
  /** A URL of a database, a `.sql` file, a Drizzle module or a folder of them; the live database by default. */
  readonly from?: string;
  /** The same; the configured target schema by default. */
  readonly to?: string;
}

export interface DiffResult {
  /** The differences, one line each. Empty where the two are the same. */
  readonly differences: readonly string[];
  /** What makes `to` out of `from`, as calls of a revision. */
  readonly operations: readonly string[];
  /** The same as SQL, in the order in which it has to run. */
  readonly statements: readonly DiffStatement[];
  /** Where data is lost, or rows may stand in the way. */
  readonly dataLoss: readonly string[];
  /** Things that only one of the two has, and that limbeck neither makes nor takes away. */
  readonly notExpressed: readonly string[];
}

export interface DiffStatement {
  readonly sql: string;
  /** False where PostgreSQL refuses it inside a transaction block. */
  readonly transactional: boolean;
}

/** What leads from one schema to another. Writes nothing. */
export async function diff(context: Context, { from, to }: DiffOptions = {}): Promise<DiffResult> {
  const [{ compareSchemas }, { planChanges }] = await Promise.all([
    import("../schema/compare.ts"),
    import("../schema/plan.ts"),
  ]);
  const { live, target } = await bothSchemas(context, from, to);
  const plan = planChanges(live, target);
  return {
    differences: compareSchemas(live, target).map(({ message }) => message),
    operations: plan.operations.map((operation) => `${sourceOf(operation)};`),
    statements: statementsFor(planChanges(live, target, { defaultSchema: null }).operations),
    dataLoss: plan.dataLoss.map(({ message }) => message),
    notExpressed: plan.notExpressed,
  };
}

/** Nobody reads a script's functions before it runs, as a revision's author does: they are made without a look inside. */
function statementsFor(operations: readonly Operation[]): DiffStatement[] {
  const statements = operations
    .flatMap(statementsOf)
    .map(({ text, transactional }): DiffStatement => ({ sql: text, transactional }));
  const makesFunctions = operations.some(({ kind }) => kind === "createFunction" || kind === "createProcedure");
  const setting = { sql: "SET check_function_bodies = off", transactional: true };
  return makesFunctions ? [setting, ...statements.filter(({ sql }) => !/check_function_bodies/.test(sql))] : statements;
}

interface Both {
  readonly live: Schema;
  readonly target: Schema;
}

const URL = /^[a-z][a-z0-9+]*:\/\//i;

async function bothSchemas(context: Context, from: string | undefined, to: string | undefined): Promise<Both> {
  const { config, authoring } = context;
  const [{ openSession }, { readSchema }, { readTargetSchema }] = await Promise.all([
    import("../database/open.ts"),
    import("../database/read-schema.ts"),
    import("../sources/read-target.ts"),
  ]);
  const targets = to === undefined ? config.schema : [to];
  if (targets.length === 0) throw noTarget();
  const { versionTable, exclude, folder, env } = config;
  const exclusion: ReadSchemaOptions = {
    exclude,
    ignore: [versionTable, { schema: versionTable.schema, name: HISTORY_TABLE }],
  };
  // A database that is named is the one beside which files are built: its server prints them alike.
  const isNamed = from !== undefined && URL.test(from);
  const opened: Session[] = [];
  const session = async (): Promise<Session> => {
    if (!isNamed) return await context.session();
    opened.push(await openSession(from, folder, env));
    return opened[0]!;
  };
  try {
    const beside = await session();
    const read = async (sources: readonly string[], compared: { readonly live?: Schema } = {}): Promise<Schema> =>
      await readTargetSchema(sources, { ...exclusion, ...compared, folder, session: beside, env, authoring });
    const live = from === undefined || isNamed ? await readSchema(beside, exclusion) : await read([from]);
    return { live, target: await read(targets, { live }) };
  } finally {
    for (const each of opened) await each.close();
  }
}

function noTarget(): LimbeckError {
  return new LimbeckError("USAGE", {
    message: "There is nothing to compare with: no `schema` is configured, and --to names none.",
    hint: "Say `limbeck diff --to schema.sql`, or set `schema` in limbeck.config.ts.",
  });
}
