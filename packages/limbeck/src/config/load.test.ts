import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test } from "testkit";
import { writeFiles } from "../../test/module-shapes.ts";
import type { EnvironmentConfig } from "./define-config.ts";
import { loadConfig, type ConfigInput, type ResolvedConfig } from "./load.ts";

const PASSWORD = "hunter2-is-secret";

const load = (cwd: string, input: Partial<ConfigInput> = {}): Promise<ResolvedConfig> =>
  loadConfig({ cwd, env: {}, authoring: () => import("../authoring.ts"), ...input });
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const saying = (...parts: string[]) => expect.stringMatching(new RegExp(parts.join(".*"), "s")) as unknown;
const config = (body: string): string =>
  `import { defineConfig } from "limbeck";\nexport default defineConfig(${body});\n`;

describe("without a file", () => {
  test("everything has a default", async ({ folder }) => {
    expect(await load(folder)).toMatchObject({
      file: undefined,
      folder,
      environment: undefined,
      env: {},
      url: "pglite://.limbeck/pgdata",
      locations: [join(folder, "migrations")],
      recursive: false,
      schema: [],
      exclude: [],
      inclusion: { includeName: undefined, includeObject: undefined },
      processOperations: undefined,
      renames: {},
      versionTable: { name: "alembic_version", schema: "public" },
      format: "ts",
      lock: { waitMs: 600_000, timeoutMs: undefined, maxTimeoutMs: undefined, retryForMs: 300_000 },
      timeouts: { statementMs: undefined, transactionMs: undefined, idleMs: 300_000 },
      transaction: "step",
    });
  });

  test("what the caller says counts from the working folder", async ({ folder }) => {
    const overrides = {
      migrations: ["a", "/b"],
      lock: { wait: "2s" },
      versionTable: { schema: "x" },
      recursive: true,
    } as const;
    expect(await load(folder, { overrides, url: "postgresql://h/d" })).toMatchObject({
      url: "postgresql://h/d",
      locations: [join(folder, "a"), "/b"],
      lock: { waitMs: 2000 },
      versionTable: { name: "alembic_version", schema: "x" },
      recursive: true,
    });
  });

  test("an environment is one that nothing has", async ({ folder }) => {
    await expect(load(folder, { env: { LIMBECK_ENV: "prod" } })).rejects.toThrow(
      refusal("ENVIRONMENT_NOT_FOUND", { hint: saying("environments", "limbeck.config.ts") }),
    );
  });
});

describe("the file", () => {
  test("is found upwards, and paths count from its folder", async ({ folder }) => {
    writeFiles(folder, {
      "limbeck.config.ts": config('{ migrations: "db", schema: ["a.ts", "b.sql"] }'),
      "deep/er/x": "",
    });
    expect(await load(join(folder, "deep/er"))).toMatchObject({
      file: join(folder, "limbeck.config.ts"),
      folder,
      locations: [join(folder, "db")],
      schema: ["a.ts", "b.sql"],
    });
  });

  test("that is nearest wins, in the order ts, mts, js, mjs, json", async ({ folder }) => {
    const named = (schema: string) => `export default { versionTable: { schema: "${schema}" } };`;
    writeFiles(folder, {
      "limbeck.config.ts": named("far"),
      "near/limbeck.config.json": '{ "versionTable": { "schema": "json" } }',
    });
    const schema = async () => (await load(join(folder, "near"))).versionTable.schema;
    expect(await schema()).toBe("json");
    for (const extension of ["mjs", "js", "mts", "ts"]) {
      writeFiles(folder, {
        "near/package.json": '{ "type": "module" }',
        [`near/limbeck.config.${extension}`]: named(extension),
      });
      expect(await schema()).toBe(extension);
    }
  });

  test("may be named, from the working folder on", async ({ folder }) => {
    writeFiles(folder, { "conf/my.ts": config('{ migrations: "m" }'), "limbeck.config.ts": config("{}") });
    expect(await load(folder, { file: "conf/my.ts" })).toMatchObject({
      file: join(folder, "conf/my.ts"),
      locations: [join(folder, "conf/m")],
    });
  });

  test("that is named has to be there", async ({ folder }) => {
    writeFiles(folder, { "limbeck.config.ts": config("{}") });
    await expect(load(folder, { file: "nowhere.ts" })).rejects.toThrow(
      refusal("CONFIG_NOT_FOUND", {
        exitCode: 2,
        message: saying(join(folder, "nowhere.ts")),
        hint: saying("--config"),
      }),
    );
  });

  test("has a format and tables, and durations in words", async ({ folder }) => {
    const body =
      '{ format: "sql", versionTable: { name: "v", schema: "s" }, lock: { wait: "5 min" }, recursive: true, exclude: ["a.*"] }';
    writeFiles(folder, { "limbeck.config.ts": config(body) });
    expect(await load(folder)).toMatchObject({
      format: "sql",
      versionTable: { name: "v", schema: "s" },
      lock: { waitMs: 300_000 },
      recursive: true,
      exclude: ["a.*"],
    });
  });
});

describe("precedence", () => {
  const body = `{
    url: "postgresql://file/d",
    migrations: "file",
    versionTable: { name: "file", schema: "file" },
    lock: { wait: 1 },
    environments: {
      dev: {},
      test: { url: "postgresql://test/d", migrations: "test" },
      prod: { url: undefined, migrations: undefined, versionTable: { schema: "prod" } },
    },
  }`;
  const DATABASE_URL = "postgresql://variable/d";

  test.for([
    ["the file", {}, "file"],
    ["an environment variable over the file", { env: { DATABASE_URL } }, "variable"],
    ["an empty environment variable is none", { env: { DATABASE_URL: "" } }, "file"],
    ["a flag over the environment variable", { env: { DATABASE_URL }, url: "postgresql://flag/d" }, "flag"],
    ["an environment over the rest of the file", { env: { LIMBECK_ENV: "test" } }, "test"],
    ["a variable over the environment of a variable", { env: { LIMBECK_ENV: "test", DATABASE_URL } }, "variable"],
    ["a named environment over the variable", { environment: "test", env: { DATABASE_URL } }, "test"],
    ["a flag over a named environment", { environment: "test", url: "postgresql://flag/d" }, "flag"],
    ["a named environment over that of a variable", { environment: "dev", env: { LIMBECK_ENV: "test" } }, "file"],
    [
      "an environment without a url leaves it to the others",
      { environment: "prod", env: { DATABASE_URL } },
      "variable",
    ],
  ] as const)("%s", async ([, input, host], { folder }) => {
    writeFiles(folder, { "limbeck.config.ts": config(body) });
    expect((await load(folder, input)).url).toBe(`postgresql://${host}/d`);
  });

  test("refuses an empty flag, which would lead to another database", async ({ folder }) => {
    await expect(load(folder, { env: { DATABASE_URL }, url: "" })).rejects.toMatchObject({ code: "URL_INVALID" });
  });

  test("refuses an empty variable that would lead to the embedded database", async ({ folder }) => {
    await expect(load(folder, { env: { DATABASE_URL: "" } })).rejects.toMatchObject({ code: "URL_INVALID" });
  });

  test("refuses unknown options of a library call", async ({ folder }) => {
    const overrides = { migration: "m" } as EnvironmentConfig;
    await expect(load(folder, { overrides })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: "The options cannot be used: there is no `migration` (did you mean `migrations`?).",
    });
  });

  test("an environment wins key by key, also inside of one", async ({ folder }) => {
    writeFiles(folder, { "limbeck.config.ts": config(body) });
    expect(await load(folder, { environment: "test" })).toMatchObject({
      environment: "test",
      locations: [join(folder, "test")],
    });
    expect(await load(folder, { environment: "prod" })).toMatchObject({
      locations: [join(folder, "file")],
      versionTable: { name: "file", schema: "prod" },
    });
    expect(await load(folder, { environment: "prod", overrides: { versionTable: { name: "call" } } })).toMatchObject({
      versionTable: { name: "call", schema: "prod" },
      lock: { waitMs: 1 },
    });
  });

  test("an environment has to be there", async ({ folder }) => {
    writeFiles(folder, { "limbeck.config.ts": config(body) });
    const unknown = (environment: string) => load(folder, { environment });
    await expect(unknown("porde")).rejects.toThrow(
      refusal("ENVIRONMENT_NOT_FOUND", { message: saying('"porde"'), hint: saying("dev, test, prod") }),
    );
    await expect(unknown("tset")).rejects.toThrow(
      refusal("ENVIRONMENT_NOT_FOUND", { exitCode: 2, hint: saying("did you mean test") }),
    );
    await expect(unknown("constructor")).rejects.toThrow(refusal("ENVIRONMENT_NOT_FOUND"));
    await expect(load(folder, { env: { LIMBECK_ENV: "x" } })).rejects.toThrow(refusal("ENVIRONMENT_NOT_FOUND"));
  });
});

describe(".env", () => {
  const reads = config('{ url: process.env.MY_URL, migrations: process.env.MY_FOLDER ?? "none" }');

  test("is read beside the file, and not beside the working folder", async ({ folder }) => {
    writeFiles(folder, {
      "limbeck.config.ts": reads,
      ".env": 'DATABASE_URL="postgresql://env/d"\nMY_FOLDER=env',
      "deep/.env": "DATABASE_URL=no",
    });
    const loaded = await load(join(folder, "deep"));
    expect(loaded).toMatchObject({ url: "postgresql://env/d", locations: [join(folder, "env")] });
    expect(loaded.env).toMatchObject({ DATABASE_URL: "postgresql://env/d" });
  });

  test("is read where there is no file, and names the environment", async ({ folder }) => {
    writeFiles(folder, { ".env": "DATABASE_URL=postgresql://env/d\n" });
    expect((await load(folder)).url).toBe("postgresql://env/d");
    writeFiles(folder, {
      ".env": "LIMBECK_ENV=a",
      "limbeck.config.ts": config('{ environments: { a: { url: "postgresql://a/d" } } }'),
    });
    expect(await load(folder)).toMatchObject({ environment: "a", url: "postgresql://a/d" });
  });

  test("gives way to the process's environment, unless that is empty", async ({ folder }) => {
    writeFiles(folder, {
      "limbeck.config.ts": reads,
      ".env": "MY_URL=postgresql://env/d\nDATABASE_URL=postgresql://env/d",
    });
    expect((await load(folder, { env: { DATABASE_URL: "postgresql://process/d" } })).url).toBe(
      "postgresql://process/d",
    );
    expect((await load(folder, { env: { DATABASE_URL: "" } })).url).toBe("postgresql://env/d");
  });

  test("fills what is empty in the process's environment for the file too", async ({ folder }) => {
    writeFiles(folder, { "limbeck.config.ts": reads, ".env": "MY_URL=postgresql://env/d" });
    process.env["MY_URL"] = "";
    try {
      expect((await load(folder, { env: process.env })).url).toBe("postgresql://env/d");
      expect(process.env["MY_URL"]).toBe("");
    } finally {
      delete process.env["MY_URL"];
    }
  });

  test("leaves no trace in the process's environment, also when the file throws", async ({ folder }) => {
    const before = { ...process.env };
    writeFiles(folder, { "limbeck.config.ts": reads, ".env": "MY_URL=postgresql://env/d\nPATH=no" });
    expect((await load(folder, { env: process.env })).url).toBe("postgresql://env/d");
    expect(process.env).toEqual(before);
    writeFiles(folder, { "limbeck.config.ts": 'throw new Error("no");' });
    await expect(load(folder, { env: process.env })).rejects.toThrow(refusal("CONFIG_LOAD_FAILED"));
    expect(process.env).toEqual(before);
  });

  test("of one configuration is not seen by another one that is loaded at the same time", async ({ folder }) => {
    const slow =
      "await new Promise((resolve) => setTimeout(resolve, 20));\nexport default { url: process.env.MY_URL };";
    for (const name of ["a", "b"]) {
      writeFiles(folder, { [`${name}/limbeck.config.ts`]: slow, [`${name}/.env`]: `MY_URL=postgresql://${name}/d` });
    }
    writeFiles(folder, { "c/limbeck.config.ts": slow });
    const urls = await Promise.all(["a", "b", "c"].map(async (name) => (await load(join(folder, name))).url));
    expect(urls).toEqual(["postgresql://a/d", "postgresql://b/d", "pglite://.limbeck/pgdata"]);
    expect(process.env["MY_URL"]).toBeUndefined();
  });

  test("may be a folder, as Python's environments often are", async ({ folder }) => {
    mkdirSync(join(folder, ".env"));
    expect((await load(folder)).env).toEqual({});
  });
});

describe("a file that cannot be used", () => {
  test.for([
    ["limbeck.config.ts", `export default { ur: "postgresql://u:${PASSWORD}@h/d" };`, "CONFIG_INVALID"],
    ["limbeck.config.ts", `export default { url: ["postgresql://u:${PASSWORD}@h/d"] };`, "CONFIG_INVALID"],
    [
      "limbeck.config.ts",
      `const url = "postgresql://u:${PASSWORD}@h/d";\nthrow new Error("cannot use " + url);`,
      "CONFIG_LOAD_FAILED",
    ],
    [
      "limbeck.config.ts",
      `export default { url: new URL("postgresql://u:${PASSWORD}@h:port/d").href };`,
      "CONFIG_LOAD_FAILED",
    ],
    ["limbeck.config.ts", `export default { url: "postgresql://u:${PASSWORD}@h/d" ;`, "CONFIG_LOAD_FAILED"],
    ["limbeck.config.ts", `export default { url: postgresql://u:${PASSWORD}@h/d };`, "CONFIG_LOAD_FAILED"],
    ["limbeck.config.json", `{ "url": "postgresql://u:${PASSWORD}@h/d" "x" }`, "CONFIG_LOAD_FAILED"],
    ["limbeck.config.json", `{ "url": postgresql://u:${PASSWORD}@h/d }`, "CONFIG_LOAD_FAILED"],
    ["limbeck.config.json", PASSWORD, "CONFIG_LOAD_FAILED"],
    ["limbeck.config.json", `{ "url": "${PASSWORD}`, "CONFIG_LOAD_FAILED"],
  ] as const)(
    "%s that reads %j says %s, the place and the cure, and no secret",
    async ([name, content, code], { folder }) => {
      writeFiles(folder, { [name]: content });
      const error = (await load(folder).catch((thrown: unknown) => thrown)) as Error & {
        hint: string;
        toJSON: () => object;
      };
      expect(error).toEqual(
        refusal(code, { exitCode: 2, where: expect.objectContaining({ file: join(folder, name) }) as unknown }),
      );
      for (const text of [error.message, error.hint, JSON.stringify(error.toJSON())]) {
        for (let at = 0; at + 5 <= PASSWORD.length; at++) expect(text).not.toContain(PASSWORD.slice(at, at + 5));
        expect(text).not.toMatch(/^\s+at /m);
      }
    },
  );

  test("says where a file has a mistake", async ({ folder }) => {
    writeFiles(folder, { "limbeck.config.json": '{\n  "url": "postgresql://h/d",\n  "migrations": \n}\n' });
    await expect(load(folder)).rejects.toThrow(
      refusal("CONFIG_LOAD_FAILED", { message: saying("JSON"), where: { file: join(folder, "limbeck.config.json") } }),
    );
  });

  test.for([
    ["const config = {};", "has to export an object"],
    ["export default [];", "has to export an object"],
    ["export default null;", "has to export an object"],
    ["export default () => ({});", "has to export an object"],
    ["export const url = 'postgresql://h/d';", "has to export an object"],
  ] as const)("%j: %s", async ([content, message], { folder }) => {
    writeFiles(folder, { "limbeck.config.ts": content });
    await expect(load(folder)).rejects.toThrow(refusal("CONFIG_INVALID", { message: saying(message) }));
  });

  test("may be a folder", async ({ folder }) => {
    mkdirSync(join(folder, "limbeck.config.ts"));
    await expect(load(folder)).rejects.toThrow(refusal("CONFIG_LOAD_FAILED"));
  });
});
