import { quote } from "./literals.ts";

/** A boolean, or the word for it that PostgreSQL keeps as it was said. */
export type Switch = boolean | "on" | "off" | "yes" | "no" | "1" | "0";

export interface ViewSecurity {
  /** The view's own conditions come before those of its reader, so that no function of the reader's sees hidden rows. */
  readonly securityBarrier?: Switch;
  /** The tables are read with the rights of the view's reader, not of its owner (PostgreSQL 15). */
  readonly securityInvoker?: Switch;
}

/** What a row that is written through a view has to fulfil: the view's conditions, or also those of views beneath. */
export type CheckOption = "local" | "cascaded";

const WORDS = { securityBarrier: "security_barrier", securityInvoker: "security_invoker" } as const;

/** The options of a view as CREATE VIEW has them, in the order in which they are given. */
export function viewOptions(given: ViewSecurity): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const word = WORDS[name as keyof typeof WORDS];
    return word === undefined || value === undefined ? [] : [`${word} = ${switchSql(value as Switch)}`];
  });
}

function switchSql(value: Switch): string {
  return typeof value === "boolean" ? String(value) : quote(value);
}
