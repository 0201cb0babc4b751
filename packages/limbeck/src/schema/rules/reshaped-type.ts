import { alterColumn } from "../../operations/alter-column.ts";
import { dropType } from "../../operations/drop-type.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameType } from "../../operations/rename-type.ts";
import type { Fact } from "../fact.ts";
import type { Side } from "../side.ts";
import { text } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";
import { heldColumns } from "./type-swap.ts";
import { displayedType } from "./types.ts";

/** How the columns of a type whose attributes get other places come by rows of the new one. */
interface Reshaping {
  /** What takes the old type out of the way. */
  readonly before: readonly Operation[];
  /** What puts the rows together anew, attribute by attribute. */
  readonly after: readonly Operation[];
}

/** Undefined where the text of a row of the old type is one of the new type too, or stands within something else. */
export function reshaping({ key, identity }: Fact, context: RuleContext): Reshaping | undefined {
  const { live, target, fateOf } = context;
  const type = live.facts.get(key);
  if (type === undefined || fateOf(key) !== "replaced") return undefined;
  const [old, wanted] = [attributesOf(key, live), attributesOf(key, target)];
  if (old.map(nameOf).join() === wanted.map(nameOf).join()) return undefined;
  const name = qualifiedSql(identity);
  const columns = heldColumns(type, context).filter((column) =>
    [live, target].every(({ facts }) => text(facts.get(column.key)!, "type") === name),
  );
  const keepsRows = (user: string): boolean =>
    VALUES.test(user) && !type.parents.includes(user) && ![...old, ...columns].some((fact) => fact.key === user);
  if (columns.length === 0 || [...live.neededBy(key)].some(keepsRows)) return undefined;
  const at = frozen({ schema: context.schema(identity) });
  const replaced = `${identity.name.slice(0, 54)}_replaced`;
  const shown = displayedType(name, context);
  return {
    before: [renameType(identity.name, replaced, at)],
    after: [
      ...columns.map(({ identity: { schema, relation, name: column } }) => {
        const row = identifier(column);
        const values = wanted.map((attribute) => {
          const before = old.find((each) => each.key === attribute.key);
          if (before === undefined) return "NULL";
          const value = `(${row}).${identifier(nameOf(attribute))}`;
          const to = text(attribute, "type")!;
          return text(before, "type") === to ? value : `${value}::text::${to}`;
        });
        const using = sql.raw(`CASE WHEN ${row} IS DISTINCT FROM NULL THEN ROW(${values.join(", ")})::${shown} END`);
        return alterColumn(relation!, column, frozen({ schema: context.schemaNamed(schema), type: shown, using }));
      }),
      dropType(replaced, at),
    ],
  };
}

/** What values of a type are stored in, by its key. */
const VALUES = /^(?:column|domain|range type) /;

const nameOf = ({ identity }: Fact): string => identity.name;

function attributesOf(key: string, { partsOf }: Side): Fact[] {
  return partsOf(key)
    .filter(({ kind }) => kind === "column")
    .toSorted((a, b) => a.position - b.position);
}
