import { Arguments } from "./arguments.ts";
import { TABLE_PLACE } from "./directives.ts";
import { Call, Name, NotUnderstood, type Value } from "./python/values.ts";

/** A directive of `with op.batch_alter_table("city") as batch_op:` as that of `op` with the table. Throws NotUnderstood. */
export function unbatched(batch: Call, name: string, call: Call): Call {
  const args = new Arguments(batch, ["table_name", "schema"]);
  const table = args.text("table_name");
  const schema = args.textOr("schema");
  const recreate = args.textOr("recreate") ?? "auto";
  if (recreate === "always") throw new NotUnderstood("the batch makes the table anew");
  args.done();
  const directive = new Name(`alembic.op.${name}`);
  if (name === "execute") return new Call(directive, call.positional, call.keywords);
  const place = TABLE_PLACE[name];
  if (place === undefined) throw new NotUnderstood(`batch_op.${name} is not known here`);
  const positional: Value[] = [...call.positional];
  const keywords = new Map(call.keywords);
  if (positional.length >= place) positional.splice(place, 0, table);
  else keywords.set("table_name", table);
  if (name === "create_foreign_key" && positional.length <= place) {
    keywords.delete("table_name");
    keywords.set("source_table", table);
  }
  if (schema !== undefined) keywords.set(name === "create_foreign_key" ? "source_schema" : "schema", schema);
  return new Call(directive, positional, keywords);
}
