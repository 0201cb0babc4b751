import { createRequire } from "node:module";
import type * as Pg from "pg";

/**
 * The driver, loaded late, and as the CommonJS that it is: through import() Node would read it twice.
 *
 * While it is loaded pg finds out its runtime by `navigator`; where there is none, as in Node 20, by making a
 * `Response`, for which Node loads the whole of fetch(): half of the time that connecting takes.
 */
export function driver(): typeof Pg {
  const require = createRequire(import.meta.url);
  if ("navigator" in globalThis) return require("pg") as typeof Pg;
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Node.js" }, configurable: true });
  try {
    return require("pg") as typeof Pg;
  } finally {
    Reflect.deleteProperty(globalThis, "navigator");
  }
}
