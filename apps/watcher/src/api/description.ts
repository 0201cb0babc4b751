import type { FastifySchema } from "fastify";
import type { Schema } from "./input/fields.ts";

interface Described {
  readonly tag: string;
  readonly body?: { readonly schema: Schema };
  readonly query?: { readonly schema: Schema };
  /** The names of the ids in the path. */
  readonly path?: string;
  /** What is answered, by status. A null has no body. */
  readonly answers: Readonly<Record<number, Schema | null>>;
  readonly headers?: Schema;
}

/** Describes a route for the API's description. Nothing is checked by it: readers do that. */
export function described(summary: string, { tag, body, query, path, answers, headers }: Described): FastifySchema {
  return {
    summary,
    tags: [tag],
    ...(body && { body: body.schema }),
    ...(query && { querystring: query.schema }),
    ...(path !== undefined && { params: object({ [path]: integer }) }),
    ...(headers && { headers }),
    response: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          { description: reasons[Number(status)], ...(schema ?? { type: "null" }) },
        ]),
      ),
      422: { description: "The request cannot be understood.", ...invalid },
      default: { description: "Why the request was not carried out.", ...failure },
    },
  };
}

const reasons: Readonly<Record<number, string>> = {
  200: "Found, or done.",
  201: "Created.",
  204: "Done.",
  503: "Not ready.",
};

export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties) };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

/** A page of a list, with where the next one begins. */
export function page(items: Schema): Schema {
  return object({ data: list(items), next_cursor: nullable(string) });
}

export const integer: Schema = { type: "integer" };
export const number: Schema = { type: "number" };
export const string: Schema = { type: "string" };
export const boolean: Schema = { type: "boolean" };
export const anyObject: Schema = { type: "object", additionalProperties: true };
export const dateTime: Schema = { type: "string", format: "date-time" };
export const idAnswer: Schema = object({ id: integer });

const failure = object({ detail: string, code: string, message: string });

const invalid = object({
  detail: list(object({ type: string, loc: list({ type: ["string", "integer"] }), msg: string, input: {} })),
  code: string,
  message: string,
});
