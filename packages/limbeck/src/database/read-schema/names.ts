import type { ColumnNameRow, TableRow } from "./parts.ts";
import type { ReaderContext } from "./reader.ts";

/** The names of columns and tables, by the numbers that the catalogs have for them. */
export class Names implements ReaderContext {
  /** Of each relation, by number. */
  readonly #columns = new Map<number, string[]>();
  readonly #tables = new Map<number, { readonly schema: string; readonly name: string }>();

  constructor(columns: readonly ColumnNameRow[], tables: readonly TableRow[]) {
    for (const { relation, number, name } of columns) this.addColumn(relation, number, name);
    for (const { oid, schema, name } of tables) this.addTable(oid, schema, name);
  }

  addColumn(relation: number, number: number, name: string): void {
    const names = this.#columns.get(relation);
    if (names !== undefined) names[number] = name;
    else this.#columns.set(relation, Object.assign([], { [number]: name }));
  }

  addTable(oid: number, schema: string, name: string): void {
    this.#tables.set(oid, { schema, name });
  }

  column(relation: number, number: number): string | null {
    return this.#columns.get(relation)?.[number] ?? null;
  }

  readonly columnNames: ReaderContext["columnNames"] = (relation, numbers) => {
    const names = this.#columns.get(Number(relation));
    return ((numbers ?? []) as readonly number[]).map((number) => names?.[number] ?? null);
  };

  readonly table: ReaderContext["table"] = (oid) => this.#tables.get(Number(oid)) ?? null;
}
