import { expect, test } from "vitest";
import { sql } from "../../operations/language/sql.ts";
import { defaultValue } from "./default-value.ts";

test.each([
  ["0", "integer", 0],
  ["1.5", "numeric(8,2)", 1.5],
  ["'-1'::integer", "integer", -1],
  ["true", "boolean", true],
  ["'un''named'::character varying", "character varying(50)", "un'named"],
  ["'x'::bpchar", "character(3)", "x"],
  ["'{}'::text[]", "text[]", "{}"],
  ["'ok'::app.mood", "app.mood", "ok"],
  ["'{}'::jsonb", "jsonb", "{}"],
])("the default %s of a column of type %s is the value %j", (printed, type, value) => {
  expect(defaultValue(printed, type)).toBe(value);
});

test.each([
  ["now()", "timestamp with time zone"],
  ["'0'::bigint", "bigint"],
  ["1.50", "numeric"],
  ["123456789012345678901234", "numeric"],
  ["'a'::text", "character varying"],
  ["'2024-01-01'::date", "date"],
  ["('a'::text || 'b'::text)", "text"],
  ["'a\\b'::text", "text"],
])("the default %s of a column of type %s stays SQL", (printed, type) => {
  expect(defaultValue(printed, type)).toEqual(sql.raw(printed));
});
