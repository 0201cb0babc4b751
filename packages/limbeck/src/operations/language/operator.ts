import { identifier } from "./identifiers.ts";
import { invalid } from "./invalid.ts";

/** An operator with its schema, when it has one. Refuses what is no operator (manual: "Operators", section 4.1.3). */
export function operatorSql(schema: string | undefined, name: string): string {
  if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(name) || name.includes("--") || name.includes("/*")) {
    throw invalid(`"${name}" is no name of an operator.`, "Make it of + - * / < > = ~ ! @ # % ^ & | ` and ?.");
  }
  return schema === undefined ? name : `${identifier(schema)}.${name}`;
}
