import { describe, expect, it } from "vitest";
import { parseDuration, validateConfig } from "./validate.ts";

const mistakesIn = (value: unknown): unknown => {
  try {
    validateConfig(value, "/limbeck.config.ts");
  } catch (error) {
    return (error as { details: { mistakes: unknown } }).details.mistakes;
  }
  return [];
};

describe("a configuration", () => {
  it("may be empty, and may leave everything undefined", () => {
    expect(mistakesIn({})).toEqual([]);
    const keys = [
      "url",
      "migrations",
      "recursive",
      "schema",
      "exclude",
      "versionTable",
      "format",
      "lock",
      "environments",
    ];
    expect(mistakesIn(Object.fromEntries(keys.map((key) => [key, undefined])))).toEqual([]);
  });

  it("is given back as it is", () => {
    const config = {
      url: "postgresql://h/d",
      migrations: ["a", "b"],
      recursive: false,
      schema: "schema.ts",
      exclude: [],
      versionTable: { name: "v", schema: "s" },
      format: "sql",
      namingConvention: { ix: "ix_%(column_0_label)s" },
      lock: { wait: 5, timeout: "200ms", maxTimeout: "1s", retryFor: "5min" },
      timeouts: { statement: "1min", transaction: 0, idle: "5min" },
      transaction: "all",
      beforeStep: () => undefined,
      afterStep: undefined,
      environments: { prod: { url: "postgresql://p/d" } },
    };
    expect(validateConfig(config, "/limbeck.config.ts")).toBe(config);
  });

  it("tells all its mistakes at once, and what was meant", () => {
    const config = {
      ulr: "x",
      migration: "x",
      url: 5,
      schema: [],
      exclude: "a.*",
      recursive: "yes",
      format: "js",
      versionTable: { nmae: "x", schema: null },
      lock: { wait: "soon", something: 1 },
      environments: { prod: { Url: "x", environments: {} }, dev: null, test: { lock: { wait: -1 } } },
      toString: 1,
      namingConvention: { ix: "ix_%(colum_0_label)s", idx: "x", pk: 1 },
    };
    expect(() => validateConfig(config, "/a/limbeck.config.ts")).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        exitCode: 2,
        hint: expect.stringContaining("defineConfig") as unknown,
        where: { file: "/a/limbeck.config.ts" },
      }) as Error,
    );
    expect(mistakesIn(config)).toEqual([
      "there is no `ulr` (did you mean `url`?)",
      "there is no `migration` (did you mean `migrations`?)",
      "`url` has to be a text",
      "`schema` has to be a text or a list of texts",
      "`exclude` has to be a list of texts",
      "`recursive` has to be true or false",
      '`format` has to be "ts" or "sql"',
      "there is no `versionTable.nmae` (did you mean `versionTable.name`?)",
      "`versionTable.schema` has to be a text",
      '`lock.wait` has to be a time, such as "500ms", "2s", "5min" or a number of milliseconds',
      "there is no `lock.something`",
      "there is no `toString`",
      "`namingConvention.ix` has to be a template of names: there is no %(colum_0_label)s (did you mean %(column_0_label)s?)",
      "there is no `namingConvention.idx` (did you mean `namingConvention.ix`?)",
      '`namingConvention.pk` has to be a text, such as "ix_%(column_0_label)s"',
      "there is no `environments.prod.Url` (did you mean `environments.prod.url`?)",
      "there is no `environments.prod.environments`",
      "`environments.dev` has to be an object",
      '`environments.test.lock.wait` has to be a time, such as "500ms", "2s", "5min" or a number of milliseconds',
    ]);
  });

  it.each([[null], [undefined], ["url"], [[]], [() => ({})]])("is no %j", (value) => {
    expect(mistakesIn(value)).toEqual(["it has to export an object"]);
  });

  it.each([[null], [[]], ["prod"]])("has environments by name, and not %j", (environments) => {
    expect(mistakesIn({ environments })).toEqual(["`environments` has to be an object of environments by name"]);
  });
});

describe("a duration", () => {
  it.each([
    [0, 0],
    [1500, 1500],
    ["1500", 1500],
    ["500ms", 500],
    ["2s", 2000],
    ["2 s", 2000],
    ["2sec", 2000],
    [" 0.5s ", 500],
    ["5m", 300_000],
    ["5min", 300_000],
    ["1.5h", 5_400_000],
  ])("%j is %d ms", (value, ms) => {
    expect(parseDuration(value)).toBe(ms);
  });

  it.each([
    [-1],
    [Number.NaN],
    [Infinity],
    [""],
    ["s"],
    ["-1s"],
    ["2 days"],
    ["1e3"],
    ["1s1s"],
    ["1,5s"],
    ["constructor"],
    [null],
    [undefined],
    [{}],
    [[5]],
  ])("%j is none", (value) => {
    expect(parseDuration(value)).toBeUndefined();
  });
});
