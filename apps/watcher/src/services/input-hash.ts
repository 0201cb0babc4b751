import { createHash } from "node:crypto";
import { canonicalJson } from "./json.ts";

/** Tells whether an input differs from the last one: the same in every process and for ever, 20 characters. */
export function inputHash(input: object): string {
  return createHash("sha256").update(canonicalJson(input)).digest("base64url").slice(0, 20);
}
