/** What is wrong with a text that is no JSON, in the words and at the place that Python's `json` module gives. */
export interface JsonMistake {
  /** In characters, from 0. */
  readonly position: number;
  readonly reason: string;
}

/** Finds the first mistake of a text; nothing, if it has none. */
export function findJsonMistake(text: string): JsonMistake | undefined {
  const mistake = new Scanner(text).scan();
  // Python counts characters, JavaScript the halves of those beyond U+FFFF.
  return mistake && { ...mistake, position: text.slice(0, mistake.position).replace(pairs, "_").length };
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const pairs = /[\ud800-\udbff][\udc00-\udfff]/g;
// What JSON wants escaped begins where control characters end.
// oxlint-disable-next-line no-control-regex
const plain = /[^"\\\0-\x1f]*/y;

type Expected = "value" | "key" | "end";

/** Goes through the text once, without recursion: what is open may be nested as deep as the text is long. */
class Scanner {
  readonly #text: string;
  readonly #open: ("{" | "[")[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonMistake | undefined {
    let expected: Expected = "value";
    for (;;) {
      this.#skip();
      if (expected === "end" && this.#open.length === 0) {
        return this.#at < this.#text.length ? this.#mistake("Extra data") : undefined;
      }
      const next: Expected | JsonMistake =
        expected === "value" ? this.#value() : expected === "key" ? this.#key() : this.#end();
      if (typeof next !== "string") return next;
      expected = next;
    }
  }

  #value(): Expected | JsonMistake {
    const character = this.#text[this.#at];
    if (character === '"') return this.#string() ?? "end";
    if (character === "{" || character === "[") {
      this.#at++;
      this.#skip();
      if (this.#text[this.#at] === closing[character]) {
        this.#at++;
        return "end";
      }
      this.#open.push(character);
      return character === "{" ? "key" : "value";
    }
    return this.#match(scalar) === "" ? this.#mistake("Expecting value") : "end";
  }

  #key(): Expected | JsonMistake {
    if (this.#text[this.#at] !== '"') return this.#mistake("Expecting property name enclosed in double quotes");
    const mistake = this.#string();
    if (mistake !== undefined) return mistake;
    this.#skip();
    if (this.#text[this.#at] !== ":") return this.#mistake("Expecting ':' delimiter");
    this.#at++;
    return "value";
  }

  #end(): Expected | JsonMistake {
    const kind = this.#open.at(-1)!;
    const character = this.#text[this.#at];
    if (character === closing[kind]) {
      this.#at++;
      this.#open.pop();
      return "end";
    }
    if (character !== ",") return this.#mistake("Expecting ',' delimiter");
    const comma = this.#at++;
    this.#skip();
    if (this.#text[this.#at] === closing[kind]) {
      return this.#mistake(`Illegal trailing comma before end of ${kind === "{" ? "object" : "array"}`, comma);
    }
    return kind === "{" ? "key" : "value";
  }

  #string(): JsonMistake | undefined {
    const begin = this.#at++;
    for (;;) {
      this.#match(plain);
      const character = this.#text[this.#at];
      if (character === undefined) return this.#mistake("Unterminated string starting at", begin);
      if (character === '"') {
        this.#at++;
        return undefined;
      }
      if (character !== "\\") return this.#mistake("Invalid control character at");
      const escaped = this.#text[this.#at + 1];
      if (escaped === undefined) return this.#mistake("Unterminated string starting at", begin);
      if (!'"\\/bfnrtu'.includes(escaped)) return this.#mistake("Invalid \\escape");
      this.#at += 2;
      if (escaped === "u" && !/^[0-9a-f]{4}$/i.test(this.#text.slice(this.#at, this.#at + 4))) {
        return this.#mistake("Invalid \\uXXXX escape", this.#at - 1);
      }
    }
  }

  #skip(): void {
    while (" \t\n\r".includes(this.#text[this.#at] ?? "none")) this.#at++;
  }

  #match(form: RegExp): string {
    form.lastIndex = this.#at;
    const [found = ""] = form.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #mistake(reason: string, position = this.#at): JsonMistake {
    return { position, reason };
  }
}

const closing = { "{": "}", "[": "]" } as const;
