import { history, historyLanes, type HistoryResult } from "../../commands/history.ts";
import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command, flagOption, textOption, type Given, type View } from "../command.ts";
import { dot } from "../dot.ts";
import { drawGraph } from "../draw-graph.ts";
import { mermaid } from "../mermaid.ts";
import { historyLine } from "../revision-lines.ts";

const FORMS = ["graph", "mermaid", "dot"] as const;

type Form = (typeof FORMS)[number];

/** The form is for people's eyes: `--json` prints the same document with it and without. */
type Answer = HistoryResult & { readonly form?: Form };

export const spec = command<Answer>({
  options: [
    { flags: "-r, --rev-range <range>", description: "a part of the history: a:b, a:, :b, -3:, :current" },
    {
      flags: "-i, --indicate-current",
      description: "ask the database which of them are current, and when each was applied",
    },
    { flags: "--graph", description: "draw the graph, a revision a line; a dotted line leads to what is depended on" },
    { flags: "--mermaid", description: "print a Mermaid flowchart instead" },
    { flags: "--dot", description: "print a Graphviz document instead" },
  ],
  examples: [
    ["limbeck history", "all revisions"],
    ["limbeck history -r -3:", "the head and the three before it"],
    ["limbeck history -v", "with files and descriptions"],
    ["limbeck history --graph -i", "the graph, with what the database stands at"],
    ["limbeck history --dot | dot -Tsvg > history.svg", "a picture for a document"],
  ],
  async run(context, given) {
    const form = formOf(given);
    const range = textOption(given, "revRange");
    const indicateCurrent = flagOption(given, "indicateCurrent");
    const result = await history(context, { ...(range === undefined ? {} : { range }), indicateCurrent });
    return form === undefined || flagOption(given, "json") ? result : { ...result, form };
  },
  render: (result, view) => RENDERERS[result.form ?? "list"](result, view),
});

const RENDERERS: Record<Form | "list", (result: HistoryResult, view: View) => string> = {
  list: ({ revisions }, view) => revisions.map((revision) => historyLine(revision, view)).join("\n"),
  graph: (result, view) => drawGraph(historyLanes(result), result.revisions, view),
  mermaid: ({ revisions }) => mermaid(revisions),
  dot: ({ revisions }) => dot(revisions),
};

function formOf(given: Given): Form | undefined {
  const [form, other] = FORMS.filter((name) => flagOption(given, name));
  if (other === undefined) return form;
  throw new LimbeckError("USAGE", {
    message: `--${form} and --${other} are two forms of one answer.`,
    hint: "Choose one of --graph, --mermaid and --dot.",
  });
}
