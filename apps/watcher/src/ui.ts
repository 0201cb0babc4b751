import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { folder } from "watcher-ui";
import type { UiFile } from "./api/ui.ts";

/** Reads the pages as they were built; none, if they were not. */
export function readUi(): UiFile[] {
  const root = fileURLToPath(folder);
  const options = { recursive: true, encoding: "utf8" } as const;
  const names = statSync(root, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(root, options);
  return names
    .filter((name) => statSync(`${root}/${name}`).isFile())
    .map((name) => ({ path: `/${name.replaceAll("\\", "/")}`, body: readFileSync(`${root}/${name}`) }));
}
