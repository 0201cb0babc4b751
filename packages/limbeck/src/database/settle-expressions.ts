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
import {
  printAgain,
  printOfBody,
  printOfDomainCheck,
  printOfExclusion,
  printOfPartitionKey,
  printOfQuery,
  printOfRule,
  type Print,
} from "./print-again.ts";
import type { Session } from "./session.ts";

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
  const doubts = doubtsBetween(here, there);
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

/** Whether any expression is in other words, so that it has to be settled whether it means the same. */
export function isDoubtful(live: Schema, target: Schema): boolean {
  return doubtsBetween(factsByKey(live.facts), factsByKey(target.facts)).length > 0;
}

/** The attributes that are PostgreSQL's text of an expression, or hold such texts. */
const EXPRESSIONS: { readonly [Kind in FactKind]?: readonly string[] } = {
  default: ["expression"],
  column: ["generated"],
  constraint: ["expression", "definition"],
  domain: ["default"],
  index: ["where", "columns"],
  "statistics object": ["columns"],
  policy: ["using", "check"],
  trigger: ["when"],
  view: ["definition"],
  "materialized view": ["definition"],
  "published table": ["where"],
  rule: ["definition"],
  function: ["sqlBody", "arguments"],
  procedure: ["sqlBody", "arguments"],
  table: ["partitionKey"],
};

type Facts = ReadonlyMap<string, Fact>;

function doubtsBetween(here: Facts, there: Facts): Doubt[] {
  return [...there.values()].flatMap((fact) => doubtsAbout(here.get(fact.key), fact, here, there));
}

function doubtsAbout(live: Fact | undefined, target: Fact, here: Facts, there: Facts): Doubt[] {
  if (live === undefined) return [];
  return (EXPRESSIONS[target.kind] ?? []).flatMap((attribute) => {
    const [ours, theirs] = [live.attributes[attribute] ?? null, target.attributes[attribute] ?? null];
    if (ours === null || theirs === null || equalAttribute(ours, theirs)) return [];
    if (!equalAttribute(withoutTexts(ours), withoutTexts(theirs))) return [];
    const prints = {
      live: printsOf(live, attribute, ours, here),
      target: printsOf(target, attribute, theirs, there),
    };
    return [{ key: target.key, attribute, ...prints }];
  });
}

/** What is left of a list of columns or arguments without its expressions; nothing of a text. */
function withoutTexts(value: Attribute): Attribute {
  if (!Array.isArray(value)) return null;
  return (value as readonly Attributes[]).map((item) => {
    const field = textIn(item);
    return (item[field] ?? null) === null ? item : { ...item, [field]: "" };
  });
}

/** The field of a column or an argument that is an expression. */
function textIn(item: Attributes): string {
  return "default" in item ? "default" : "expression";
}

function printsOf(fact: Fact, attribute: string, value: Attribute, facts: Facts): Print[] {
  if (Array.isArray(value)) {
    return (value as readonly Attributes[]).flatMap((item) => {
      const text = item[textIn(item)] ?? null;
      return text === null ? [] : printsOf(fact, attribute, text, facts);
    });
  }
  const text = value as string;
  const on = (): Fact => facts.get(fact.parents[0]!)!;
  switch (`${fact.kind} ${attribute}`) {
    case "view definition":
    case "materialized view definition":
      return [printOfQuery(text)];
    case "rule definition":
      return [printOfRule(text)];
    case "function sqlBody":
    case "procedure sqlBody":
      return [printOfBody(fact, text)];
    case "default expression":
    case "domain default":
    case "function arguments":
    case "procedure arguments":
      return [printOfQuery(`SELECT ${text}`)];
    case "table partitionKey":
      return [printOfPartitionKey(fact, text)];
    case "constraint definition":
      return [printOfExclusion(on(), text)];
    default:
      return [printOf(fact, text, on())];
  }
}

/** An expression over the columns of a table, over a row before and after a change, or over a domain's value. */
function printOf({ kind }: Fact, text: string, on: Fact): Print {
  if (on.kind === "domain") return printOfDomainCheck(on.attributes["type"] as string, text);
  const table = nameOf(on.identity);
  return printOfQuery(`SELECT ${text} FROM ${kind === "trigger" ? `${table} old, ${table} new` : table}`);
}
