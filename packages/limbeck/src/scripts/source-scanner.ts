/**
 * Reads JavaScript and TypeScript as far as a header needs it: comments, texts, templates and regular expressions are
 * stepped over whole, so that nothing inside them is mistaken for code.
 */
export class SourceScanner {
  /** The index of the next character. */
  index = 0;
  /** The inside of the last block comment stepped over that began with two stars. */
  docComment: string | undefined;
  /** Whether a `/` here would begin a regular expression. */
  #operandExpected = true;
  readonly source: string;

  constructor(source: string) {
    this.source = source;
    if (source.startsWith("#!")) this.index = endOfLine(source, 0);
  }

  /** The number of the line at an index, counted from 1. */
  lineAt(index: number): number {
    return lineOf(this.source, index);
  }

  /** Steps over white space and comments. */
  skipTrivia(): void {
    for (;;) {
      const code = this.source.charCodeAt(this.index);
      if (code === SPACE || (code >= TAB && code <= RETURN) || code === 0xfeff || code === 0xa0) this.index++;
      else if (code === SLASH && this.source.charCodeAt(this.index + 1) === SLASH) {
        this.index = endOfLine(this.source, this.index);
      } else if (code === SLASH && this.source.charCodeAt(this.index + 1) === STAR) this.#skipBlockComment();
      else return;
    }
  }

  /** The next token after white space and comments, or undefined at the end. A word, one punctuator, or a whole text. */
  next(): string | undefined {
    this.skipTrivia();
    const start = this.index;
    if (start >= this.source.length) return undefined;
    const code = this.source.charCodeAt(start);
    if (isWordCode(code)) {
      while (isWordCode(this.source.charCodeAt(this.index))) this.index++;
      const word = this.source.slice(start, this.index);
      this.#operandExpected = BEFORE_OPERAND.has(word);
      return word;
    }
    this.#skipPunctuatorOrText(code);
    const token = this.source.slice(start, this.index);
    // `i++` and TypeScript's `value!` end an operand, `++i` and `!value` go in front of one: it is as before them.
    if (token !== "!" && token !== "++" && token !== "--") {
      this.#operandExpected = token.length === 1 && token !== ")" && token !== "]" && token !== "}";
    }
    return token;
  }

  /** The next token, without taking it. */
  peek(): string | undefined {
    const { index, docComment } = this;
    const operandExpected = this.#operandExpected;
    const token = this.next();
    this.index = index;
    this.docComment = docComment;
    this.#operandExpected = operandExpected;
    return token;
  }

  #skipPunctuatorOrText(code: number): void {
    if (code === QUOTE || code === APOSTROPHE) this.#skipText(code);
    else if (code === BACKTICK) this.#skipTemplate();
    else if (code === SLASH && this.#operandExpected) this.#skipRegularExpression();
    else this.index += (code === PLUS || code === MINUS) && this.source.charCodeAt(this.index + 1) === code ? 2 : 1;
  }

  #skipBlockComment(): void {
    const close = this.source.indexOf("*/", this.index + 2);
    const end = close === -1 ? this.source.length : close + 2;
    if (this.source.startsWith("/**", this.index) && end - this.index > 4) {
      this.docComment = this.source.slice(this.index + 3, close === -1 ? end : close);
    }
    this.index = end;
  }

  #skipText(quote: number): void {
    for (this.index++; this.index < this.source.length; this.index++) {
      const code = this.source.charCodeAt(this.index);
      if (code === BACKSLASH) this.index++;
      else if (code === quote || code === NEWLINE) break;
    }
    this.index++;
  }

  #skipTemplate(): void {
    for (this.index++; this.index < this.source.length; this.index++) {
      const code = this.source.charCodeAt(this.index);
      if (code === BACKSLASH) this.index++;
      else if (code === BACKTICK) break;
      else if (code === DOLLAR && this.source.charCodeAt(this.index + 1) === OPEN_BRACE) {
        this.index += 2;
        this.#operandExpected = true;
        this.skipBalanced();
        this.index--;
      }
    }
    this.index++;
  }

  #skipRegularExpression(): void {
    let inClass = false;
    for (this.index++; this.index < this.source.length; this.index++) {
      const code = this.source.charCodeAt(this.index);
      if (code === BACKSLASH) this.index++;
      else if (code === NEWLINE) break;
      else if (code === OPEN_BRACKET) inClass = true;
      else if (code === CLOSE_BRACKET) inClass = false;
      else if (code === SLASH && !inClass) break;
    }
    this.index++;
  }

  /** Steps over everything up to and including the bracket that closes the one just taken. */
  skipBalanced(): void {
    for (let depth = 1; depth > 0;) {
      const token = this.next();
      if (token === undefined) return;
      if (token === "(" || token === "[" || token === "{") depth++;
      else if (token === ")" || token === "]" || token === "}") depth--;
    }
  }
}

const [TAB, NEWLINE, RETURN, SPACE, QUOTE, DOLLAR, APOSTROPHE] = [9, 10, 13, 32, 34, 36, 39];
const [STAR, PLUS, MINUS, SLASH] = [42, 43, 45, 47];
const [OPEN_BRACKET, BACKSLASH, CLOSE_BRACKET, BACKTICK, OPEN_BRACE] = [91, 92, 93, 96, 123];

/** Words after which a `/` begins a regular expression. */
const BEFORE_OPERAND = new Set(
  "return typeof case in of do else void delete throw new instanceof await yield".split(" "),
);

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === DOLLAR ||
    code > 127
  );
}

/** The number of the line at an index of a text, counted from 1. */
export function lineOf(source: string, index: number): number {
  let line = 1;
  for (let at = source.indexOf("\n"); at !== -1 && at < index; at = source.indexOf("\n", at + 1)) line++;
  return line;
}

function endOfLine(source: string, index: number): number {
  const end = source.indexOf("\n", index);
  return end === -1 ? source.length : end;
}
