import { expect, test } from "./watcher.ts";
test("a", async ({ ask }) => { console.log(await ask("GET", "/health"), await ask("POST", "/pipeline", { name: "A", pipeline_type_name: "t" })); expect(1).toBe(1); });
