import { dateParts } from "../../services/dateparts.ts";
import { choice, id, integer, omittable, optional, text, type Field } from "./fields.ts";
import { invalid } from "./issues.ts";

/** The name of anything. */
export const name = () => text({ min: 1, max: 150 });

/** How old data and how long executions may get. */
export const limits = {
  freshness_number: optional(integer({ gt: 0 })),
  freshness_datepart: optional(choice(dateParts)),
  timeliness_number: optional(integer({ gt: 0 })),
  timeliness_datepart: optional(choice(dateParts)),
};

/** Which page of a list. */
export const paging = { cursor: omittable(id()), limit: omittable(integer({ ge: 1, le: 1000 })) };

/** A patch says which row it is about by id or by name. */
export function idOrName(patch: { readonly id?: string | null; readonly name?: string | null }) {
  return (patch.id ?? patch.name ?? null) === null ? "Either 'id' or 'name' must be provided" : undefined;
}

/** Where a page of a list ended that is in the order of two ids. */
export function cursorOfTwo(): Field<readonly [string, string], true> {
  return {
    required: true,
    schema: { type: "string", pattern: cursorForm.source },
    read: (input) => {
      const [, first, second] = cursorForm.exec(String(input)) ?? [];
      if (first !== undefined && second !== undefined) return [id().read(first), id().read(second)];
      throw invalid("value_error", "value is not a valid cursor", input);
    },
  };
}

const cursorForm = /^(\d+)-(\d+)$/;
