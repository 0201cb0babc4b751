import type { ColumnDefinition, ConstraintDefinition } from "../action.ts";
import { relationName, typeName, type TypeName } from "../names.ts";
import { isTree, strings, text, unwrapAll, type Tree } from "../tree.ts";

/** The pseudo-types that make a sequence; int8 and the rest are their true types. */
const SERIALS: Readonly<Record<string, string>> = {
  smallserial: "int2",
  serial2: "int2",
  serial: "int4",
  serial4: "int4",
  bigserial: "int8",
  serial8: "int8",
};

export function columnDefinition(node: Tree): ColumnDefinition {
  const name = text(node["colname"]) ?? "";
  const constraints = unwrapAll(node["constraints"], "Constraint");
  const of = (contype: string): Tree | undefined => constraints.find((each) => each["contype"] === contype);
  const [type, serial] = withoutSerial(typeName(node["typeName"]));
  const generated = of("CONSTR_GENERATED");
  const identity = of("CONSTR_IDENTITY") !== undefined;
  return {
    name,
    type,
    serial,
    identity,
    notNull: serial || identity || ["CONSTR_NOTNULL", "CONSTR_PRIMARY"].some((contype) => of(contype) !== undefined),
    default: tree(of("CONSTR_DEFAULT")?.["raw_expr"]),
    generated: generated === undefined ? undefined : generated["generated_kind"] === "v" ? "virtual" : "stored",
    constraints: constraints.flatMap((each) => {
      const read = constraintDefinition(each, name);
      return read === undefined || read.type === "not null" ? [] : [read];
    }),
  };
}

function withoutSerial(type: TypeName): readonly [TypeName, boolean] {
  const plain = Object.hasOwn(SERIALS, type.name) && type.schema === undefined ? SERIALS[type.name] : undefined;
  return plain === undefined ? [type, false] : [{ ...type, name: plain }, true];
}

const TYPES: Readonly<Record<string, ConstraintDefinition["type"]>> = {
  CONSTR_CHECK: "check",
  CONSTR_FOREIGN: "foreign key",
  CONSTR_UNIQUE: "unique",
  CONSTR_PRIMARY: "primary key",
  CONSTR_EXCLUSION: "exclusion",
  CONSTR_NOTNULL: "not null",
};

/** A constraint, of a table or of the column that is named; undefined for what is one in the grammar only. */
export function constraintDefinition(node: Tree, column?: string): ConstraintDefinition | undefined {
  const type = TYPES[text(node["contype"]) ?? ""];
  if (type === undefined) return undefined;
  const columns = strings(node["keys"] ?? node["fk_attrs"]);
  return {
    type,
    name: text(node["conname"]),
    columns: columns.length === 0 && column !== undefined ? [column] : columns,
    notValid: node["skip_validation"] === true,
    notEnforced: node["is_enforced"] !== true && (type === "check" || type === "foreign key"),
    usingIndex: text(node["indexname"]),
    references: node["pktable"] === undefined ? undefined : relationName(node["pktable"]),
    expression: tree(node["raw_expr"]),
  };
}

export function tree(value: unknown): Tree | undefined {
  return isTree(value) ? value : undefined;
}
