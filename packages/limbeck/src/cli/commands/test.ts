import { test, type RevisionTest, type TestResult } from "../../commands/test.ts";
import { command, textOption, type View } from "../command.ts";

export const spec = command({
  description:
    "Take each revision up, down and up again on a scratch database, and compare the catalogs and the rows. The database itself is not touched",
  arguments: [{ name: "[range]", description: "from:to, as in history; all revisions when left out" }],
  options: [
    { flags: "--seeds <folder>", description: "a folder of rows for the revisions, instead of the configuration's" },
  ],
  examples: [
    ["limbeck test", "every revision, one head, and the head against the target schema"],
    ["limbeck test 20250909185058:head", "what is above a revision, with that one"],
  ],
  exitOne: "a revision that does not come back, several heads, or a head that differs from the target schema",
  run: (context, given) => test(context, given.arguments[0], { seeds: textOption(given, "seeds") }),
  isYes: ({ ok }) => ok,
  render: (result, view) =>
    [
      ...result.revisions.flatMap((each) => revisionLines(each, view)),
      ...result.notTested.map(
        (id) => `${view.paint.dim("--")}  ${view.paint.id(id)} not tested: a revision below it cannot be applied`,
      ),
      headsLine(result, view),
      ...modelLines(result, view),
    ].join("\n"),
});

function revisionLines(tested: RevisionTest, { paint }: View): string[] {
  const { ok, revision, message, data, lost, lostByDowngrade, problems, notes } = tested;
  const sign = ok ? paint.good("ok") : paint.bad("no");
  return [
    `${sign}  ${paint.id(revision)}${message === "" ? "" : ` ${message}`}${data === null ? "" : paint.dim(` (${data})`)}`,
    ...problems.map((problem) => `      ${problem}`),
    ...notes.map((note) => paint.dim(`      ${note}`)),
    ...lost.map((what) => `      the way up and down loses ${what}`),
    ...lostByDowngrade.map((what) => paint.dim(`      the downgrade loses ${what}`)),
  ];
}

function headsLine({ heads: { ok, heads } }: TestResult, { paint }: View): string {
  if (ok) return `${paint.good("ok")}  heads: ${heads[0] ?? "there is no revision yet"}`;
  return `${paint.bad("no")}  heads: there are ${heads.length} (${heads.join(", ")}); join them with: limbeck merge -m "join"`;
}

function modelLines({ model }: TestResult, { paint }: View): string[] {
  if ("notCompared" in model) {
    const why =
      model.notCompared === "no target schema" ? "no `schema` is configured" : "the test does not reach the heads";
    return [`${paint.dim("--")}  model: not compared, because ${why}`];
  }
  if (model.ok) return [`${paint.good("ok")}  model: the revisions lead to the target schema`];
  return [
    `${paint.bad("no")}  model: the revisions do not lead to the target schema`,
    ...model.differences.map((difference) => `      ${difference}`),
  ];
}
