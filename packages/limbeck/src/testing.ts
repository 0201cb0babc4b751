import { house } from "./commands/house.ts";
import { Limbeck, type OpenOptions } from "./commands/limbeck.ts";
import { testDatabase as openTestDatabase, type TestDatabase } from "./commands/test-database.ts";
import type { TestOptions, TestResult } from "./commands/test.ts";
import { LimbeckError } from "./errors/limbeck-error.ts";

export type { OpenOptions, TestDatabase, TestOptions, TestResult };

export interface TestDatabaseOptions extends Omit<OpenOptions, "client" | "onEvent" | "signal"> {
  /** A file of rows, or several, `.sql` or modules, that run after the migrations. They count from the configuration's folder. */
  readonly seed?: string | readonly string[];
}

/**
 * A migrated database for a test, a file of tests or a worker, from which nothing leads to anybody else's. On a server it
 * is a copy of a template database, which is migrated once; where the configuration names the embedded database, it is in
 * memory.
 *
 * @example
 * const database = await testDatabase();
 * const pool = new pg.Pool({ connectionString: database.url });
 * // …
 * await pool.end();
 * await database.drop();
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { config, environment, cwd, url, arguments: given, seed = [], ...overrides } = options;
  return await openTestDatabase({
    file: config,
    environment,
    url,
    overrides,
    cwd: cwd ?? process.cwd(),
    env: process.env,
    arguments: given,
    seed: typeof seed === "string" ? [seed] : seed,
    ...house(),
  });
}

/**
 * The rollback test of `limbeck test` as one line of a test: takes each revision of a range, all if none is given, up,
 * down and up again. Throws TEST_FAILED with everything that is wrong.
 *
 * @example
 * test("every revision goes up, down and up again", () => testRevisions());
 */
export async function testRevisions(
  options: OpenOptions & Pick<TestOptions, "onTest"> & { readonly range?: string } = {},
): Promise<TestResult> {
  const { range, onTest, ...opening } = options;
  const limbeck = await Limbeck.open(opening);
  try {
    const result = await limbeck.test(range, onTest === undefined ? {} : { onTest });
    if (!result.ok) throw failed(result);
    return result;
  } finally {
    await limbeck.close();
  }
}

function failed({ revisions, notTested, heads, model }: TestResult): LimbeckError {
  const problems = [
    ...revisions.flatMap(({ revision, problems: own }) => own.map((problem) => `${revision}: ${problem}`)),
    ...notTested.map((revision) => `${revision}: not tested, because a revision below it cannot be applied`),
    ...(heads.ok ? [] : [`there are several heads: ${heads.heads.join(", ")}`]),
    ...("differences" in model ? model.differences.map((difference) => `the model: ${difference}`) : []),
  ];
  return new LimbeckError("TEST_FAILED", {
    message: problems.join("\n"),
    hint: "`limbeck test` shows the same, revision by revision.",
    details: { problems },
  });
}
