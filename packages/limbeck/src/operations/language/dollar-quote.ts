import { checkText } from "./literals.ts";

/** A text in dollar quotes, as the bodies of functions are written: nothing in it is escaped. */
export function dollarQuoted(text: string): string {
  checkText(text);
  let tag = "$$";
  for (let attempt = 0; closesEarly(text, tag); attempt += 1) tag = `$body${attempt === 0 ? "" : attempt}$`;
  return tag + text + tag;
}

/** Also a text that ends with the first half of its own tag would. */
function closesEarly(text: string, tag: string): boolean {
  return (text + tag).indexOf(tag) < text.length;
}
