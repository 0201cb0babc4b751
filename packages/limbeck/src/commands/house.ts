import { createRequire } from "node:module";
import type { Authoring } from "../scripts/load.ts";

/** limbeck's own version, and what `limbeck` means to the modules that it loads. */
export interface House {
  readonly version: string;
  readonly authoring: Authoring;
}

export function house(): House {
  const manifest = createRequire(import.meta.url)("../../package.json") as { readonly version: string };
  let authoring: Promise<object> | undefined;
  return { version: manifest.version, authoring: () => (authoring ??= import("../authoring.ts")) };
}
