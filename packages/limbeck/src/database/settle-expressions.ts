import { equalAttribute } from "../schema/attributes.ts";
import {
  factsByKey,
  nameOf,
  type Attribute,
  type Attributes,
  type Fact,
  type FactKind,
  type Schema,
} from "../schema/fact.ts";
import { printingSettings } from "./read-schema.ts";
import type { Session } from "./session.ts";

/** How a text is loaded to be printed again. */
interface Print {
  readonly as: "view" | "domain";
  readonly text: string;
}

/** An attribute that may say the same in other words. */
interface Doubt {
  readonly key: string;
  readonly attribute: string;
  readonly live: readonly Print[];
  readonly target: readonly Print[];
}

/**
 * The target schema with its expressions in the live schema's words where both mean the same. What PostgreSQL prints is
 * not always what it prints once more after loading that, as with IN and a list of varchar constants, so both texts of
 * a pair that differs are loaded and printed again. The scratch database has to hold the target schema; it is left as
 * it was.
 */
export async function settleExpressions(scratch: Session, live: Schema, target: Schema): Promise<Schema> {
  const [here, there] = [factsByKey(live.facts), factsByKey(target.facts)];
  const doubts = target.facts.flatMap((fact) => doubtsAbout(here.get(fact.key), fact, here, there));
  if (doubts.length === 0) return target;
  const prints = doubts.flatMap((doubt) => [...doubt.live, ...doubt.target]);
  const again = new Map((await printAgain(scratch, prints)).map((text, index) => [prints[index]!, text]));
  const settled = doubts.filter((doubt) =>
    doubt.live.every((print, index) => {
      const text = again.get(print) ?? null;
      return text !== null && text === again.get(doubt.target[index]!);
    }),
  );
  const facts = new Map(there);
  for (const { key, attribute } of settled) {
    const fact = facts.get(key)!;
    const words = { [attribute]: here.get(key)!.attributes[attribute]! };
    facts.set(key, { ...fact, attributes: { ...fact.attributes, ...words } });
  }
  return { ...target, facts: [...facts.values()] };
}

/** The attributes that are PostgreSQL's text of an expression, or hold such texts. */
const EXPRESSIONS: { readonly [Kind in FactKind]?: readonly string[] } = {
  default: ["expression"],
  column: ["generated"],
  constraint: ["expression"],
  domain: ["default"],
  index: ["where", "columns"],
  "statistics object": ["columns"],
  policy: ["using", "check"],
  trigger: ["when"],
  view: ["definition"],
  "materialized view": ["definition"],
  "published table": ["where"],
};

type Facts = ReadonlyMap<string, Fact>;

function doubtsAbout(live: Fact | undefined, target: Fact, here: Facts, there: Facts): Doubt[] {
  if (live === undefined) return [];
  return (EXPRESSIONS[target.kind] ?? []).flatMap((attribute) => {
    const [ours, theirs] = [live.attributes[attribute] ?? null, target.attributes[attribute] ?? null];
    if (ours === null || theirs === null || equalAttribute(ours, theirs)) return [];
    if (!equalAttribute(withoutTexts(ours), withoutTexts(theirs))) return [];
    const prints = { live: printsOf(live, ours, here), target: printsOf(target, theirs, there) };
    return [{ key: target.key, attribute, ...prints }];
  });
}

/** What is left of a list of columns without its expressions; nothing of a text. */
function withoutTexts(value: Attribute): Attribute {
  if (!Array.isArray(value)) return null;
  return (value as readonly Attributes[]).map((column) =>
    "expression" in column ? { ...column, expression: "" } : column,
  );
}

function printsOf(fact: Fact, value: Attribute, facts: Facts): Print[] {
  if (Array.isArray(value)) {
    return (value as readonly Attributes[]).flatMap(({ expression }) =>
      expression === undefined ? [] : printsOf(fact, expression, facts),
    );
  }
  const text = value as string;
  switch (fact.kind) {
    case "view":
    case "materialized view":
      return [{ as: "view", text }];
    case "default":
    case "domain":
      return [{ as: "view", text: `SELECT ${text}` }];
    default:
      return [printOf(fact, text, facts.get(fact.parents[0]!)!)];
  }
}

/** An expression over the columns of a table, over a row before and after a change, or over a domain's value. */
function printOf({ kind }: Fact, text: string, on: Fact): Print {
  if (on.kind === "domain") return { as: "domain", text: `${on.attributes["type"] as string} CHECK (${text})` };
  const table = nameOf(on.identity);
  return { as: "view", text: `SELECT ${text} FROM ${kind === "trigger" ? `${table} old, ${table} new` : table}` };
}

/** The text that each gives after it was loaded; null for what cannot be loaded. */
async function printAgain(scratch: Session, prints: readonly Print[]): Promise<(string | null)[]> {
  await scratch.query("begin");
  try {
    await scratch.query(printingSettings());
    await scratch.query(PRINT_AGAIN);
    const rows = await scratch.query<{ text: string | null }>(
      `select pg_temp.limbeck_print(x.print ->> 'as', x.print ->> 'text') as text
         from json_array_elements($1::json) with ordinality x(print, n) order by x.n`,
      [JSON.stringify(prints)],
    );
    return rows.map(({ text }) => text);
  } finally {
    await scratch.query("rollback");
  }
}

const PRINT_AGAIN = `
  create function pg_temp.limbeck_print(kind text, definition text) returns text language plpgsql as $$
  declare
    printed text;
  begin
    if kind = 'view' then
      execute 'create temp view limbeck_printed as ' || definition;
      printed := pg_get_viewdef(to_regclass('pg_temp.limbeck_printed'));
      drop view pg_temp.limbeck_printed;
    else
      execute 'create domain pg_temp.limbeck_printed as ' || definition;
      select pg_get_constraintdef(c.oid) into printed
        from pg_constraint c where c.contypid = to_regtype('pg_temp.limbeck_printed');
      drop domain pg_temp.limbeck_printed;
    end if;
    return printed;
  exception when others then
    return null;
  end $$`;
