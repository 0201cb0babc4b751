import { dollarQuoted } from "./dollar-quote.ts";
import { invalid } from "./invalid.ts";
import { quote } from "./literals.ts";
import { querySql } from "./query.ts";
import type { RoutineBody } from "./routine.ts";

/** Refuses a routine without a body, or with two. */
export function checkBody(call: string, { as, body }: RoutineBody): void {
  if ((as === undefined) !== (body === undefined)) return;
  throw invalid(
    `${call} was given ${as === undefined ? "neither `as` nor `body`" : "both `as` and `body`"}.`,
    'Pass as: "…" for a text in the function\'s language, or body: "RETURN …" for one that PostgreSQL reads.',
  );
}

/** What a routine consists of, as the end of CREATE. */
export function bodySql({ as, body }: RoutineBody): string {
  if (body !== undefined) return querySql(body);
  return typeof as === "object" ? `AS ${as.map(quote).join(", ")}` : `AS ${dollarQuoted(as ?? "")}`;
}
