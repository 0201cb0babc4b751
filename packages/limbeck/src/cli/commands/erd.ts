import { LimbeckError } from "../../errors/limbeck-error.ts";
import { erd, type EntityDiagram } from "../../commands/erd.ts";
import { command, textOption, type Given } from "../command.ts";
import { entityMermaid } from "../entity-mermaid.ts";
import { entitySvg } from "../entity-svg.ts";

const FORMATS = { mermaid: entityMermaid, svg: entitySvg };

type Drawn = EntityDiagram & { readonly format: keyof typeof FORMATS };

export const spec = command<Drawn>({
  description:
    "The schema is that of the live database, or of a source: the URL of a database, a .sql file, a Drizzle module, a folder of them, or " +
    "rev:ID.",
  arguments: [{ name: "[source]", description: "the live database when left out" }],
  options: [{ flags: "--format <format>", description: "mermaid (the default) or svg" }],
  examples: [
    ["limbeck erd", "a Mermaid diagram, for Markdown"],
    ["limbeck erd --format svg > schema.svg", "a picture"],
  ],
  async run(context, given) {
    const format = formatOf(given);
    const [source] = given.arguments;
    return { format, ...(await erd(context, { ...(source !== undefined && { source }) })) };
  },
  render: (result) => FORMATS[result.format](result),
});

function formatOf(given: Given): keyof typeof FORMATS {
  const format = textOption(given, "format") ?? "mermaid";
  if (format === "mermaid" || format === "svg") return format;
  throw new LimbeckError("USAGE", {
    message: `There is no format "${format}" of diagrams.`,
    hint: "Use --format mermaid or --format svg.",
  });
}
