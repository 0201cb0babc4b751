import { eq, relations, sql, type SQL } from "drizzle-orm";
import * as p from "drizzle-orm/pg-core";

const bytes = p.customType<{ data: Buffer }>({ dataType: () => "bytea" });
const money = p.customType<{ data: number; config: { scale: number } }>({
  dataType: (config) => `numeric(12, ${config?.scale ?? 2})`,
  toDriver: (value) => value.toFixed(2),
});

export const mood = p.pgEnum("mood", ["sad", "it's ok", "happy"]);
export const Level = { Low: "low", High: "high" } as const;
export const level = p.pgEnum("level", Level);
export const app = p.pgSchema("app");
export const kind = app.enum("Kind", ["a", "b"]);
export const counter = p.pgSequence("counter", {
  startWith: 10,
  increment: 5,
  minValue: 1,
  maxValue: 1000,
  cache: 3,
  cycle: true,
});
export const appCounter = app.sequence("big_counter", { maxValue: "9223372036854775806" });
export const plainCounter = p.pgSequence("plain_counter");
export const admin = p.pgRole("app_admin").existing();
export const known = p.pgRole("postgres").existing();

export const types = p.pgTable("types", {
  a: p.bigint("a", { mode: "bigint" }).default(12345678901234567890n % 1000n),
  a2: p.bigint("a2", { mode: "number" }).default(7),
  b: p.bigserial("b", { mode: "number" }),
  c: p.boolean("c").default(false),
  d: p.char("d", { length: 3 }).default("x"),
  d1: p.char("d1"),
  e: p.cidr("e").default("10.0.0.0/8"),
  f: p.date("f").default("2020-01-01"),
  f2: p.date("f2", { mode: "date" }).default(new Date("2020-01-02T00:00:00Z")),
  f3: p.date("f3").defaultNow(),
  g: p.doublePrecision("g").default(1.5),
  h: p.inet("h").default("::1"),
  i: p.integer("i").default(-3),
  j: p.interval("j").default("1 day"),
  j2: p.interval("j2", { fields: "day to second", precision: 3 }),
  j3: p.interval("j3", { fields: "year" }),
  k: p.json("k").default({ a: [1, "it's"] }),
  k2: p.jsonb("k2").default(["x", null]),
  k3: p.jsonb("k3").default({}),
  l: p.line("l"),
  l2: p.line("l2", { mode: "abc" }),
  m: p.macaddr("m").default("08:00:2b:01:02:03"),
  m8: p.macaddr8("m8"),
  n: p.numeric("n"),
  n1: p.numeric("n1", { precision: 5 }).default("5"),
  n2: p.decimal("n2", { precision: 10, scale: 2 }).default("1.25"),
  n3: p.numeric("n3", { mode: "number", precision: 4, scale: 1 }).default(2.5),
  n4: p.numeric("n4", { mode: "bigint" }).default(99n),
  o: p.point("o").default([1, 2]),
  o2: p.point("o2", { mode: "xy" }).default({ x: 3, y: 4 }),
  q: p.real("q").default(0.1),
  r: p.serial("r"),
  s: p.smallint("s").default(1),
  s2: p.smallserial("s2"),
  t: p.text("t").default('it\'s \\ a "text"'),
  t2: p.text("t2", { enum: ["x", "y"] }).default("x"),
  u: p.time("u").default("10:00"),
  u2: p.time("u2", { withTimezone: true, precision: 3 }).defaultNow(),
  v: p.timestamp("v").defaultNow().notNull(),
  v2: p.timestamp("v2", { withTimezone: true, precision: 6, mode: "string" }).default("2020-01-01 00:00:00+00"),
  v3: p.timestamp("v3", { mode: "date" }).default(new Date("2020-01-01T12:00:00Z")),
  v4: p.timestamp("v4", { precision: 0, withTimezone: true }).$onUpdate(() => new Date()),
  w: p.uuid("w").defaultRandom(),
  x: p.varchar("x", { length: 20 }).default("y"),
  x2: p.varchar("x2"),
  bits: p.bit("bits", { dimensions: 3 }).default("101"),
  bin: bytes("bin"),
  cash: money("cash", { scale: 3 }).default(1.5),
  mood: mood("mood").default("it's ok").notNull(),
  level: level("level").default(Level.High),
  kind: kind("kind").default("b"),
  moods: mood("moods").array().default(["sad", "happy"]),
  kinds: kind("kinds").array(),
  tags: p.text("tags").array().default(["a", "it's", 'q"x', "c,d"]),
  none: p.text("none").array().default([]),
  fixed: p.integer("fixed").array(3).default([1, 2, 3]),
  grid: p
    .integer("grid")
    .array()
    .array()
    .default([
      [1, 2],
      [3, 4],
    ]),
  vc: p
    .varchar("vc", { length: 5 })
    .array()
    .default(sql`ARRAY['x']::varchar[]`),
  fromSql: p.integer("from_sql").default(sql`1 + 2`),
  jsOnly: p.text("js_only").$default(() => "x"),
  camelCase: p.text(),
});

export const generated = p.pgTable("generated", {
  id: p.integer("id").primaryKey().generatedAlwaysAsIdentity(),
  two: p.bigint("two", { mode: "number" }).generatedByDefaultAsIdentity({
    name: "two_numbers",
    startWith: 100,
    increment: 2,
    minValue: 1,
    maxValue: 5000,
    cache: 4,
    cycle: true,
  }),
  a: p.integer("a").notNull(),
  b: p.integer("b").generatedAlwaysAs(sql`a * 2`),
  c: p.text("c").generatedAlwaysAs("'x'::text"),
  d: p.integer("d").generatedAlwaysAs((): SQL => sql`${generated.a} + 1`),
});

export const users = app
  .table(
    "users",
    {
      id: p.uuid("id").primaryKey().defaultRandom(),
      email: p.text("email").notNull().unique(),
      nick: p.text("nick").unique("nick_key", { nulls: "not distinct" }),
      manager: p
        .uuid("manager")
        .references((): p.AnyPgColumn => users.id, { onDelete: "set null", onUpdate: "cascade" }),
    },
    (t) => [
      p.unique().on(t.email, t.nick),
      p.unique("named").on(t.nick, t.email).nullsNotDistinct(),
      p.check("email_at", sql`${t.email} like '%@%'`),
      p.index().on(t.email.desc().nullsLast(), t.nick),
    ],
  )
  .enableRLS();

export const posts = p.pgTable(
  "posts",
  {
    a: p.integer("a").notNull(),
    b: p.integer("b").notNull(),
    author: p
      .uuid("author")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: p.text("title").notNull(),
    meta: p.jsonb("meta"),
    when: p.timestamp("when"),
  },
  (t) => [
    p.primaryKey({ columns: [t.a, t.b] }),
    p.index("title_idx").on(t.title.asc().nullsFirst()),
    p.uniqueIndex("lower_idx").on(sql`lower(${t.title})`),
    p
      .index("expr_idx")
      .on(sql`lower(${t.title}) desc nulls last`, t.a.desc(), t.b.nullsFirst())
      .where(sql`${t.a} > 3 and ${t.title} <> ${"it's"}`)
      .concurrently(),
    p
      .index("gin_idx")
      .using("gin", t.meta.op("jsonb_path_ops"))
      .with({ fastupdate: false, gin_pending_list_limit: 128 }),
    p.index("brin_idx").using("brin", t.when),
    p.index("hash_idx").using("hash", t.title),
    p.index("op_idx").on(t.title.op("text_pattern_ops")),
    p.index("only_idx").onOnly(t.b),
    p.check("positive", sql`${t.a} > ${0} and ${t.title} in (${"x"}, ${"y"})`),
  ],
);

export const links = p.pgTable(
  "links",
  {
    a: p.integer("a"),
    b: p.integer("b"),
    c: p.integer("c"),
    d: p.integer("d"),
  },
  (t) => [
    p.primaryKey({ name: "links_key", columns: [t.a, t.b] }),
    p
      .foreignKey({ columns: [t.a, t.b], foreignColumns: [posts.a, posts.b] })
      .onDelete("restrict")
      .onUpdate("no action"),
    p
      .foreignKey({ name: "links_named", columns: [t.c, t.d], foreignColumns: [posts.a, posts.b] })
      .onDelete("set default"),
    p.pgPolicy("see", { as: "restrictive", for: "select", to: ["public", admin], using: sql`a > 0` }),
    p.pgPolicy("edit", { for: "update", to: "current_user", using: sql`true`, withCheck: sql`b > 0` }),
    p.pgPolicy("all_of_it", { as: "permissive", to: known }),
  ],
);
export const linkedPolicy = p.pgPolicy("linked", { for: "delete", to: "app_admin", using: sql`true` }).link(generated);

const prefixed = p.pgTableCreator((name) => `pre_${name}`);
export const made = prefixed(
  "made",
  (t) => ({ id: t.serial().primaryKey(), snakeOrNot: t.text().notNull() }),
  (t) => [p.index().on(t.snakeOrNot), p.unique().on(t.snakeOrNot)],
);

export const recent = p.pgView("recent").as((qb) =>
  qb
    .select({ a: posts.a, title: posts.title, upper: sql<string>`upper(${posts.title})`.as("upper") })
    .from(posts)
    .where(eq(posts.title, "it's")),
);
export const optioned = p
  .pgView("optioned")
  .with({ checkOption: "cascaded", securityBarrier: true, securityInvoker: true })
  .as((qb) => qb.select().from(posts));
export const typed = p
  .pgView("typed", { a: p.integer("a"), title: p.text("title") })
  .as(sql`select a, title from ${posts} where ${posts.a} > 5`);
export const joined = app
  .view("joined")
  .as((qb) =>
    qb.select({ email: users.email, title: posts.title }).from(users).leftJoin(posts, eq(posts.author, users.id)),
  );
export const onView = p.pgView("on_view").as((qb) => qb.select().from(recent));
export const withCte = p.pgView("with_cte").as((qb) => {
  const c = qb.$with("c").as(qb.select({ a: posts.a }).from(posts));
  return qb.with(c).select().from(c);
});
export const mat = p
  .pgMaterializedView("mat")
  .using("heap")
  .with({ fillfactor: 90, autovacuumEnabled: false })
  .tablespace("pg_default")
  .withNoData()
  .as((qb) => qb.select({ t: posts.title }).from(posts));
export const matApp = app.materializedView("mat_app").as((qb) => qb.select().from(users));
export const there = p.pgView("there", { a: p.integer("a") }).existing();
export const matThere = p.pgMaterializedView("mat_there", { a: p.integer("a") }).existing();

export const userRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
