import { resolve } from "node:path";
import { init } from "../../commands/init.ts";
import { command } from "../command.ts";
import { FORMAT_OPTION, formatOption } from "../new-revision-options.ts";

export const spec = command({
  arguments: [{ name: "[folder]", description: "where; the working folder when left out" }],
  options: [FORMAT_OPTION],
  examples: [["limbeck init", "set up the working folder"]],
  run: {
    async withoutConfig({ cwd }, given) {
      const format = formatOption(given);
      return init({ folder: resolve(cwd, given.arguments[0] ?? "."), ...(format === undefined ? {} : { format }) });
    },
  },
  render: ({ written, kept }, view) =>
    [
      ...written.map((path) => `Wrote ${view.path(path)}`),
      ...kept.map((path) => `Kept  ${view.path(path)}`),
      "",
      "Next:",
      '  npx limbeck revision -m "create city"',
      "  npx limbeck upgrade",
      "  npx limbeck current",
    ].join("\n"),
});
