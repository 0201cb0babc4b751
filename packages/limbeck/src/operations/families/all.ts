import { columns } from "./columns.ts";
import { constraints } from "./constraints.ts";
import { databases } from "./databases.ts";
import { foreign } from "./foreign.ts";
import { indexes } from "./indexes.ts";
import { languages } from "./languages.ts";
import { rights } from "./rights.ts";
import { routines } from "./routines.ts";
import { tables } from "./tables.ts";
import { types } from "./types.ts";
import { views } from "./views.ts";

/** The kinds of operations by what they are about, as the reference page lists them. */
export const families = {
  "Tables and partitions": tables,
  Columns: columns,
  Constraints: constraints,
  "Indexes and statistics": indexes,
  "Types and sequences": types,
  "Views and rules": views,
  "Functions and triggers": routines,
  "Rights and policies": rights,
  "Collations and text search": languages,
  "Foreign data, casts and operators": foreign,
  "Schemas, extensions, publications, and anything else": databases,
};

/** The definitions of all kinds but `batch`, which is made of the others. */
export const single = {
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...types,
  ...views,
  ...routines,
  ...rights,
  ...languages,
  ...foreign,
  ...databases,
};
