import { Ajv } from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "testkit";
import { candidates } from "../src/cli/commands.ts";
import { verbIndex } from "../src/cli/global-options.ts";

const path = join(import.meta.dirname, "../../../docs/reference/schemas/results.schema.json");
const ajv = new Ajv({ allowUnionTypes: true });
ajv.addSchema(JSON.parse(readFileSync(path, "utf8")) as object, "results");

/** Holds what a command printed with `--json` to the schema that the documentation gives of it. */
export function expectSchema(args: readonly string[], stdout: string): void {
  const answer = JSON.parse(stdout) as object;
  const [verb] = "error" in answer ? ["error"] : candidates(args[verbIndex(args)]);
  const validate = ajv.getSchema(`results#/definitions/JsonResults/properties/${verb}`)!;
  validate(answer);
  expect(validate.errors ?? [], `${args.join(" ")} prints ${stdout}`).toEqual([]);
}
