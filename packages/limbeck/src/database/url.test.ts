import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDatabaseUrl, type ServerUrl } from "./url.ts";

const FOLDER = "/project";

function server(text: string): ServerUrl {
  const parsed = parseDatabaseUrl(text, FOLDER);
  if (parsed.kind !== "server") throw new Error(`${text} is no server`);
  return parsed.url;
}
const parts = (text: string): Record<string, unknown> => {
  const { host, port, user, password, database } = server(text);
  return { host, port, user, password, database };
};
const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: "URL_INVALID",
    exitCode: 2,
    message: expect.stringMatching(message) as unknown,
    hint: expect.stringContaining("postgresql://user") as unknown,
  }) as unknown;

describe("the embedded database", () => {
  it.each([
    ["pglite://memory", undefined],
    ["pglite://", undefined],
    ["pglite://.limbeck/pgdata", "/project/.limbeck/pgdata"],
    ["pglite://../data", "/data"],
    ["pglite:///var/data", "/var/data"],
    ["pglite://a b/ö:@?#%20", "/project/a b/ö:@?#%20"],
    ["PGLITE://data", "/project/data"],
  ])("%s is in %s", (text, folder) => {
    expect(parseDatabaseUrl(text, FOLDER)).toEqual({ kind: "embedded", folder });
  });
});

describe("a server", () => {
  it.each([
    ["postgresql://", {}],
    ["postgresql:///", {}],
    ["postgresql:///d", { database: "d" }],
    ["postgresql://h", { host: "h" }],
    ["postgres://h/d", { host: "h", database: "d" }],
    ["POSTGRES://h/D", { host: "h", database: "D" }],
    ["postgresql+asyncpg://u:p@h:6000/d", { user: "u", password: "p", host: "h", port: 6000, database: "d" }],
    ["postgresql+psycopg2://h/d", { host: "h", database: "d" }],
    ["postgres+asyncpg://h/d", { host: "h", database: "d" }],
    ["postgresql://h:/d", { host: "h", database: "d" }],
    ["postgresql://u@h/d", { user: "u", host: "h", database: "d" }],
    ["postgresql://u@/d", { user: "u", database: "d" }],
    ["postgresql://u:@h/d", { user: "u", host: "h", database: "d" }],
    ["postgresql://:p@h/d", { password: "p", host: "h", database: "d" }],
    ["postgresql://u:p:q@h/d", { user: "u", password: "p:q", host: "h", database: "d" }],
    ["postgresql://u:p@q@h/d", { user: "u", password: "p@q", host: "h", database: "d" }],
    [
      "postgresql://u%40x:p%2F%3F%23%5B%25%3A@h/d%20e",
      { user: "u@x", password: "p/?#[%:", host: "h", database: "d e" },
    ],
    ["postgresql://u:100%@h/50%", { user: "u", password: "100%", host: "h", database: "50%" }],
    ["postgresql://ü:ö@hé/ä", { user: "ü", password: "ö", host: "hé", database: "ä" }],
    ["postgresql://[::1]:6000/d", { host: "::1", port: 6000, database: "d" }],
    ["postgresql://u@[2001:db8::1]/d", { user: "u", host: "2001:db8::1", database: "d" }],
    ["postgresql://%2Fvar%2Frun%2Fpostgresql/d", { host: "/var/run/postgresql", database: "d" }],
    ["postgresql:///d?host=/var/run/postgresql&port=6000", { host: "/var/run/postgresql", port: 6000, database: "d" }],
    ["postgresql:///?dbname=d&user=u&password=p%26q&host=h", { host: "h", user: "u", password: "p&q", database: "d" }],
    [
      "postgresql://u:p@h:1/d?host=i&port=2&user=v&password=q&dbname=e",
      { host: "h", port: 1, user: "u", password: "p", database: "d" },
    ],
  ])("%s is taken apart", (text, expected) => {
    expect(parts(text)).toEqual({
      host: undefined,
      port: undefined,
      user: undefined,
      password: undefined,
      database: undefined,
      ...expected,
    });
  });

  it("has parameters", () => {
    const { parameters } = server("postgresql://h/d?sslmode=require&options=-c%20a%3Db -c c=d&x=&application_name=a@b");
    expect(Object.fromEntries(parameters)).toEqual({
      sslmode: "require",
      options: "-c a=b -c c=d",
      x: "",
      application_name: "a@b",
    });
  });

  it.each([
    ["postgresql://h:port/d"],
    ["postgresql://h:0/d"],
    ["postgresql://h:65536/d"],
    ["postgresql://h:5432x/d"],
    ["postgresql://h:-1/d"],
    ["postgresql://h1:1,h2:2/d"],
    ["postgresql://::1/d"],
    ["postgresql://h/d#x"],
    ["postgresql://u:p/q@h/d"],
    ["postgresql:///d?port=x"],
  ])("%s cannot be taken apart", (text) => {
    expect(() => parseDatabaseUrl(text, FOLDER)).toThrow(refusal(/cannot be taken apart/));
  });
});

it.each([
  [""],
  ["mysql://h/d"],
  ["sqlite:///d.db"],
  ["jdbc:postgresql://h/d"],
  ["postgresql:/h/d"],
  ["postgresql+://h/d"],
  ["h/d"],
  ["host=h dbname=d"],
  [" postgresql://h/d"],
  ["/var/data"],
])("%j is of no kind that limbeck knows", (text) => {
  expect(() => parseDatabaseUrl(text, FOLDER)).toThrow(refusal(/of no kind that limbeck knows/));
});

describe("a password", () => {
  it.each([
    ["postgresql://u:secret@h:5432/d?a=b", "postgresql://u:***@h:5432/d?a=b"],
    ["postgresql+asyncpg://u:secret@h/d", "postgresql+asyncpg://u:***@h/d"],
    ["postgresql://:secret@h/d", "postgresql://:***@h/d"],
    ["postgresql://u:sec@ret@h/d", "postgresql://u:***@h/d"],
    ["postgresql:///d?user=u&password=secret&host=h", "postgresql:///d?user=u&password=***&host=h"],
    ["postgresql://h/d?sslkey=a&sslpassword=secret", "postgresql://h/d?sslkey=a&sslpassword=***"],
  ])("%s is shown as %s", (text, shown) => {
    expect(server(text).redacted).toBe(shown);
  });

  it.each([
    ["postgresql://u@h:5432/d?a=b"],
    ["postgresql://h"],
    ["postgresql://[::1]:5432/d"],
    ["postgresql:///d?host=/tmp&port=1"],
  ])("that %s does not have is not made up", (text) => {
    expect(server(text).redacted).toBe(text);
  });

  /** No part of a password may be mistaken for something that is in the message anyway. */
  const secret = fc
    .array(
      fc.constantFrom(
        "Zq",
        "@",
        ":",
        "/",
        "?",
        "#",
        "%",
        "%40",
        "&",
        "=",
        " ",
        "é",
        "[",
        "]",
        "\\",
        "+",
        "'",
        ";",
        "1",
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((pieces) => pieces.join(""));
  const template = fc.constantFrom(
    "postgresql://u:SECRET@h:5432/d",
    "postgresql://u:SECRET@h",
    "postgres+asyncpg://:SECRET@/d?host=/tmp",
    "postgresql://u:SECRET",
    "postgresql://u:SECRET@h:port/d",
    "  postgresql://u:SECRET@h/d\n",
    '"postgresql://u:SECRET@h/d"',
    "jdbc:postgresql://u:SECRET@h/d",
    "postgresql:/u:SECRET@h/d",
    "postgressql://u:SECRET@h/d",
    "mysql://u:SECRET@h/d",
    "u:SECRET@h/d",
  );

  /** What people get to see of a URL, understood or not. */
  function shownOf(text: string): string {
    try {
      return server(text).redacted;
    } catch (error) {
      return JSON.stringify(error) + String(error);
    }
  }

  it("is nowhere in what is shown, nor in an error, whatever the form", () => {
    fc.assert(
      fc.property(template, secret, (form, inner) => {
        // Without an @ behind it, one inside makes a host of the rest.
        const password = `Zq${form.endsWith("SECRET") ? inner.replaceAll("@", "") : inner}qZ`;
        const text = form.replace("SECRET", () => password);
        expect(shownOf(text)).not.toMatch(/Zq|qZ/);
      }),
      { numRuns: 1000 },
    );
  });

  it("in a query or a connection string is not shown either", () => {
    const word = fc.stringMatching(/^Zq[a-z0-9%+.:/@-]{0,12}qZ$/);
    const forms = fc.constantFrom(
      "postgresql://h:x/d?password=SECRET",
      "postgresql://h:x?a=b&sslpassword=SECRET&c=d",
      "host=h password=SECRET dbname=d",
      "host=h password = 'SECRET x'",
    );
    fc.assert(
      fc.property(forms, word, (form, password) => {
        expect(() =>
          parseDatabaseUrl(
            form.replace("SECRET", () => password),
            FOLDER,
          ),
        ).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/Zq|qZ/) as unknown }) as Error);
      }),
    );
  });

  it("is decoded, and comes out as it went in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (password) => {
        expect(server(`postgresql://u:${encodeURIComponent(password)}@h/d`).password).toBe(password);
        expect(server(`postgresql://h/d?password=${encodeURIComponent(password)}`).password).toBe(password);
      }),
    );
  });
});
