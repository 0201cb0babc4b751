import { describe, expect, test } from "vitest";
import { bodyText } from "./body.ts";
import { EnumTypes } from "./enums.ts";
import { readModule } from "./python/module.ts";
import { readHeader, translateRevision } from "./revision.ts";
import { scriptParts } from "./script.ts";
import { readIni } from "./settings.ts";

const HEAD = `"""m"""
from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql as pg, mysql
revision = "1"
down_revision = None
`;

/** The body that a half with these lines becomes, or why it does not. */
function translated(lines: string, more = ""): string {
  const body = lines.replace(/^/gm, "    ");
  const module = readModule(`${HEAD}${more}\ndef upgrade():\n${body}\n\ndef downgrade():\n    pass\n`);
  expect(module.mistake).toBeUndefined();
  const { upgrade } = translateRevision(module, new EnumTypes(), () => undefined);
  const [left] = upgrade.left;
  return left === undefined ? bodyText(upgrade, "1.py").trim() : `? ${left.reason}`;
}

describe("a call is translated", () => {
  test.each([
    [
      `op.add_column("t", sa.Column("a", sqlmodel.sql.sqltypes.AutoString(length=9), nullable=False))`,
      `op.addColumn("t", column("a", "varchar(9)", { nullable: false }));`,
    ],
    [
      `op.add_column("t", sa.Column("id", sa.Integer, primary_key=True))`,
      `op.addColumn("t", column("id", "serial", { nullable: false }));`,
    ],
    [
      `op.add_column('t', sa.Column('a', pg.TIMESTAMP(timezone=True, precision=3)), schema='s')`,
      `op.addColumn("t", column("a", "timestamptz(3)"), { schema: "s" });`,
    ],
    [
      `op.add_column("t", sa.Column("a", sa.String(5, collation="C"), server_default='it''s'))`,
      `op.addColumn("t", column("a", "varchar(5)", { default: "its", collation: "C" }));`,
    ],
    [
      `op.execute("SELECT 'a\\\\:b', '10:30', x::text" " FROM t;")`,
      "op.execute(sql`SELECT 'a:b', '10:30', x::text FROM t`);",
    ],
    [`op.execute(r"SELECT '\\d'")`, "op.execute(sql`SELECT '\\\\d'`);"],
    [`op.execute(sa.text("UPDATE t SET a = :a").bindparams(a="x'y"))`, "op.execute(sql`UPDATE t SET a = 'x''y'`);"],
    [
      `op.create_index(None, "t", ["a", sa.text("(lower(b)) DESC")], unique=True)`,
      'op.createIndex("ix_t_a", "t", ["a", { column: sql`lower(b)`, order: "desc" }], { unique: true });',
    ],
    [`op.alter_column("t", "a", existing_type=sa.Text())`, ""],
    [`op.drop_column("t", "a", mssql_drop_check=True)`, `op.dropColumn("t", "a");`],
    [
      `op.bulk_insert(sa.table("t", schema="s"), [{"a": -1, "b": [1, {"c": None}]}])`,
      `op.bulkInsert("t", [{ a: -1, b: "[1,{\\"c\\":null}]" }], { schema: "s" });`,
    ],
    [
      `with op.batch_alter_table("t", schema="s") as b:\n    b.drop_column("a")\n    b.execute("SELECT 1")`,
      'op.execute(sql`SELECT 1`);\n  op.dropColumn("t", "a", { schema: "s" });',
    ],
    [`e = sa.Enum("a", name="e"); e.create(op.get_bind()); e.create(op.get_bind())`, `op.createEnum("e", ["a"]);`],
  ])("%s", (python, typescript) => expect(translated(python)).toBe(typescript));
});

describe("a call that would lose something is left, and says why", () => {
  test.each([
    [`op.drop_table("t", cascade=True)`, "drop_table has the argument cascade"],
    [`op.execute("SELECT :a")`, "its SQL has the parameter :a, which has no value there"],
    [`op.execute(sa.update(t))`, "t is not known"],
    [`op.execute(f"DROP TABLE {1 + 1}")`, "1 + 1 is more than data"],
    [
      `op.add_column("t", sa.Column("a", mysql.TINYINT()))`,
      "the type sqlalchemy.dialects.mysql.TINYINT is not known here",
    ],
    [`op.add_column("t", sa.Column("a", sa.Enum(Mood)))`, "Mood is not known"],
    [`op.create_table("t", *columns())`, "columns is not known"],
    [`op.create_index("i", "t", [sa.text("a, b")])`, "the index's expression a, b is not known here"],
    [`rows = op.get_bind().execute("SELECT 1")`, 'it is not known what op.get_bind().execute("SELECT 1") does'],
    [`connection = op.get_bind()\nconnection.execute("DELETE FROM t")`, "it is not known what .execute() does"],
    [`print("hello")`, "print is not known"],
    [`x += 1`, "this statement is more than a directive"],
    [`return op.f("x")`, "it ends the function early, or returns a value"],
    [`a = b = 1`, "this assignment is more than a name and its value"],
  ])("%s", (python, reason) => expect(translated(python)).toBe(`? ${reason}`));
});

test("what an untranslated statement assigns is unknown afterwards", () => {
  expect(translated(`name = "a"\nif True:\n    name = "b"\nop.drop_table(name)`)).toMatch(/^\? what happens depends/);
  const module = readModule(`${HEAD}def upgrade():\n    n = "a"\n    for n in x: pass\n    op.drop_table(n)\n`);
  const { upgrade } = translateRevision(module, new EnumTypes(), () => undefined);
  expect(upgrade.left.map(({ line }) => line)).toEqual([10, 11]);
});

test("the head is read from plain and annotated assignments", () => {
  const source = `"""Add a thing.\n\nMore of it.\n\nRevision ID: a1\nRevises: b, c\nCreate Date: 2024-01-02 03:04:05\n"""
revision: str = 'a1'
down_revision: Union[str, None] = ('b', "c")
branch_labels = ["x"]
depends_on = None
`;
  expect(readHeader(readModule(source))).toEqual({
    revision: "a1",
    downRevision: ["b", "c"],
    branchLabels: ["x"],
    dependsOn: [],
    message: "Add a thing.\n\nMore of it.",
    createDate: "2024-01-02 03:04:05",
  });
  expect(() => readHeader(readModule(`revision = make()\ndown_revision = None`))).toThrow("revision is more than data");
  expect(readModule("def upgrade(:\n").mistake).toBe(1);
});

test("Alembic's script is cut at its steps", () => {
  const script =
    "BEGIN;\n-- Running upgrade  -> a\nSELECT 1;\n-- Running upgrade a, b -> c\nSELECT 2;\n-- Running downgrade c -> a, b\n";
  expect(scriptParts(script).map(({ half, revision, sql }) => [half, revision, sql.trim()])).toEqual([
    ["upgrade", "a", "SELECT 1;"],
    ["upgrade", "c", "SELECT 2;"],
    ["downgrade", "c", ""],
  ]);
});

test.each([
  ["path_separator = os\nversion_locations = %(here)s/a:b", ["/p/a", "b"]],
  ["version_locations = a b, c", ["a", "b", "c"]],
  ["version_path_separator = newline\nversion_locations =\n  a 1\n  b # no comment", ["a 1", "b # no comment"]],
])("alembic.ini: %s", (text, versionLocations) => {
  const ini = `[other]\nscript_location = x\n[alembic]\n# script_location = y\nscript_location: z\n${text}\n`;
  expect(readIni(ini, "/p")).toEqual({ scriptLocation: "z", versionLocations, isRecursive: false });
});
