import { describe, expect, it } from "vitest";
import { commands, type CommandName } from "./commands.ts";
import { parse, type Parsed } from "./parse.ts";

const NAMES = Object.keys(commands) as CommandName[];

const parseLine = (line: string): Promise<Parsed> =>
  parse(
    line.split(" ").filter((word) => word !== ""),
    "1.2.3",
  );
async function given(argv: string | readonly string[]) {
  const parsed = typeof argv === "string" ? await parseLine(argv) : await parse(argv, "1.2.3");
  if (parsed.kind !== "command") throw new Error(`a text: ${parsed.text}`);
  return { name: parsed.name, arguments: parsed.given.arguments, options: parsed.given.options };
}
async function text(line: string): Promise<string> {
  const parsed = await parseLine(line);
  if (parsed.kind !== "text") throw new Error(`a command: ${parsed.name}`);
  return parsed.text;
}
const refusal = (message: RegExp, hint: RegExp) =>
  expect.objectContaining({
    code: "USAGE",
    exitCode: 2,
    message: expect.stringMatching(message) as unknown,
    hint: expect.stringMatching(hint) as unknown,
  }) as unknown;

describe("arguments", () => {
  it.each([
    ["upgrade", "upgrade", []],
    ["upgrade head", "upgrade", ["head"]],
    ["upgrade +2", "upgrade", ["+2"]],
    ["downgrade -1", "downgrade", ["-1"]],
    ["downgrade -12", "downgrade", ["-12"]],
    ["downgrade -- -1", "downgrade", ["-1"]],
    ["downgrade left@-1", "downgrade", ["left@-1"]],
    ["downgrade base", "downgrade", ["base"]],
    ["-q downgrade -1 --sql", "downgrade", ["-1"]],
    ["downgrade --sql -1", "downgrade", ["-1"]],
    ["upgrade a:b --sql", "upgrade", ["a:b"]],
    ["upgrade 20250909185058", "upgrade", ["20250909185058"]],
    ["upgrade upgrade", "upgrade", ["upgrade"]],
    ["show current", "show", ["current"]],
    ["show -1", "show", ["-1"]],
    ["stamp a b c", "stamp", ["a", "b", "c"]],
    ["stamp -1", "stamp", ["-1"]],
    ["merge", "merge", []],
    ["merge a b", "merge", ["a", "b"]],
    ["init", "init", []],
    ["init folder", "init", ["folder"]],
  ])("of %j", async (line, name, expected) => {
    expect(await given(line)).toMatchObject({ name, arguments: expected });
  });
});

describe("options", () => {
  it.each([
    ["history -r -3:", { revRange: "-3:" }],
    ["history -r-3:", { revRange: "-3:" }],
    ["history --rev-range=-3:", { revRange: "-3:" }],
    ["history -r base:+2 -i -v", { revRange: "base:+2", indicateCurrent: true, verbose: true }],
    ["revision -m upgrade", { message: "upgrade" }],
    ["revision -m merge --head history", { message: "merge", head: expect.anything() as unknown }],
    ["revision --branch-label a --branch-label b --depends-on c", { branchLabel: ["a", "b"], dependsOn: ["c"] }],
    [
      "revision --splice --rev-id x --version-path y --format sql",
      { splice: true, revId: "x", versionPath: "y", format: "sql" },
    ],
    ["current --check-heads", { checkHeads: true }],
    ["heads --resolve-dependencies", { resolveDependencies: true }],
    ["stamp --purge head --sql", { purge: true, sql: true }],
  ])("of %j", async (line, expected) => {
    expect((await given(line)).options).toMatchObject(expected);
  });

  it("of all commands may stand in front of the verb and behind it", async () => {
    const expected = {
      config: "c.ts",
      env: "e",
      url: "u",
      json: true,
      quiet: true,
      verbose: true,
      yes: true,
      color: false,
    };
    const options = "-c c.ts --env e --url u --json -q -v -y --no-color";
    expect((await given(`${options} current`)).options).toMatchObject(expected);
    expect((await given(`current ${options}`)).options).toMatchObject(expected);
    expect((await given("--env e current -c c.ts --url=u --json -qvy --no-color")).options).toMatchObject(expected);
    expect((await given("current")).options).toMatchObject({ x: [], color: true });
  });

  it("that stands twice: the last one counts", async () => {
    expect((await given("--url a current --url b")).options).toMatchObject({ url: "b" });
  });

  it("-x may be repeated, on both sides of the verb, in order", async () => {
    expect((await given("-x a=1 -x b=2 upgrade -x c=3 head -x d=")).options).toMatchObject({
      x: ["a=1", "b=2", "c=3", "d="],
    });
  });

  it("may have the name of a command as its value", async () => {
    expect(await given("--env upgrade current")).toMatchObject({ name: "current", options: { env: "upgrade" } });
    expect(await given("-c merge upgrade")).toMatchObject({ name: "upgrade", options: { config: "merge" } });
    expect(await given(["revision", "-m", "show history: revision"])).toMatchObject({
      options: { message: "show history: revision" },
    });
  });

  it("may have a value that looks like an option", async () => {
    expect(await given(["revision", "-m", "--json"])).toMatchObject({
      name: "revision",
      options: { message: "--json" },
    });
    expect(await given(["revision", "-m", "-1 day"])).toMatchObject({ options: { message: "-1 day" } });
    expect(await given(["revision", "--message=-v"])).toMatchObject({ options: { message: "-v" } });
  });
});

describe("what cannot be understood", () => {
  it.each([
    ["upgarde", /unknown command 'upgarde'/i, /Did you mean upgrade\?.*limbeck --help/],
    ["shwo current", /unknown command 'shwo'/i, /Did you mean show\?.*--help/],
    ["histroy -r a:b", /unknown command 'histroy'/i, /Did you mean history\?/],
    ["../x", /unknown command '\.\.\/x'\./i, /limbeck --help/],
    ["nothing", /unknown command 'nothing'/i, /limbeck --help/],
    ["-x a=1 nothing", /unknown command 'nothing'/i, /limbeck --help/],
    ["current --jsno", /unknown option '--jsno'/i, /Did you mean --json\?.*limbeck current --help/],
    ["heads --resolve-dependencis", /unknown option/i, /Did you mean --resolve-dependencies\?.*limbeck heads --help/],
    ["--jsno current", /unknown option '--jsno'/i, /--json/],
    ["current -z", /unknown option '-z'/i, /limbeck current --help/],
    ["downgrade", /missing required argument 'target'/i, /limbeck downgrade --help/],
    ["show", /missing required argument 'revision'/i, /limbeck show --help/],
    ["stamp", /missing required argument 'revisions'/i, /limbeck stamp --help/],
    ["upgrade a b", /too many arguments for 'upgrade'/i, /limbeck upgrade --help/],
    ["current -c", /option '-c, --config <file>' argument missing/i, /limbeck current --help/],
    ["downgrade -x", /option '-x <key=value>' argument missing/i, /limbeck downgrade --help/],
    ["--json", /no command/i, /limbeck --help/],
    ["-q --url u", /no command/i, /limbeck --help/],
    ["help nothing", /unknown command 'nothing'/i, /limbeck --help/],
  ])("in %j is told with what was meant", async (line, message, hint) => {
    await expect(parseLine(line)).rejects.toThrow(refusal(message, hint));
    const error = (await parseLine(line).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(/^[^()]*[^.]\.$/);
  });
});

describe("help", () => {
  it("of limbeck lists every command, and global options", async () => {
    for (const line of ["", "--help", "-h", "help", "--help --json"]) {
      const page = await text(line);
      for (const name of NAMES) expect(page).toMatch(new RegExp(`^  ${name} `, "m"));
      expect(page).toContain("--config <file>");
      expect(page).toContain("limbeck <command> --help tells more");
    }
  });

  it.each(NAMES)("of %s has its summary, its options and examples that parse", async (name) => {
    const page = await text(`${name} --help`);
    expect(await text(`help ${name}`)).toBe(page);
    const { spec } = await commands[name].load();
    expect(page).toContain(`limbeck ${name}`);
    expect(page.replace(/\s+/g, " ")).toContain((spec.description ?? commands[name].summary).replace(/\s+/g, " "));
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const option of [...(spec.options ?? []), { flags: "--json" }]) expect(page).toContain(option.flags);
    for (const [example, does] of spec.examples) {
      expect(page).toContain(example);
      expect(page).toContain(does);
      const words = (/\$\((.*)\)/.exec(example)?.[1] ?? example)
        .replace(/ [|>] .*$/, "")
        .match(/"[^"]*"|\S+/g)!
        .map((word) => word.replaceAll('"', ""));
      expect(await given(words.slice(1))).toMatchObject({ name });
    }
    expect(page).toContain(spec.exitOne === undefined ? "" : `Exits with 1: ${spec.exitOne}`);
  });

  it("is asked for, whatever else is there", async () => {
    expect(await text("downgrade --help")).toContain("Usage: limbeck downgrade");
    expect(await text("current --nothing --help")).toContain("Usage: limbeck current");
    expect(await text("revision -m merge --help")).toContain("Usage: limbeck revision");
  });

  it("has the version beside it", async () => {
    expect(await text("--version")).toBe("1.2.3\n");
  });
});

describe("every command", () => {
  it.each(NAMES)("%s has no option that hides a global one", async (name) => {
    const { spec } = await commands[name].load();
    const own = (spec.options ?? []).flatMap(({ flags }) => flags.match(/--?[\w-]+/g) ?? []);
    const globals = [
      "-c",
      "--config",
      "--env",
      "--url",
      "-x",
      "--json",
      "-q",
      "--quiet",
      "-v",
      "--verbose",
      "--no-color",
      "-y",
      "--yes",
      "-h",
      "--help",
    ];
    expect(own.filter((flag) => globals.includes(flag))).toEqual([]);
  });
});
