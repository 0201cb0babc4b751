import { expect, test } from "vitest";
import { parseJson } from "../../services/json.ts";
import { pythonText } from "./python.ts";

// The right side is what Python prints for str(json.loads(left)).
test.each([
  [`"Kept As It Is"`, "Kept As It Is"],
  ["10", "10"],
  ["-0", "0"],
  ["1.5", "1.5"],
  ["1.0", "1.0"],
  ["1.10", "1.1"],
  ["-0.0", "-0.0"],
  ["1e5", "100000.0"],
  ["1e16", "1e+16"],
  ["123456789012345678.5", "1.2345678901234568e+17"],
  ["0.0001", "0.0001"],
  ["0.00001", "1e-05"],
  ["12e-7", "1.2e-06"],
  ["1e400", "inf"],
  ["-1e400", "-inf"],
  ["123456789012345678901", "123456789012345678901"],
  ["true", "True"],
  ["false", "False"],
  [`{"a":[1,null,true],"b":{}}`, "{'a': [1, None, True], 'b': {}}"],
  [`["it's"]`, `["it's"]`],
  [`["\\"it's\\""]`, `['"it\\'s"']`],
  [`["\\n\\t\\\\\\u0001 \\u00a0é\\u200b"]`, String.raw`['\n\t\\\x01 \xa0é\u200b']`],
])("%s becomes %s", (json, text) => {
  expect(pythonText(parseJson(json))).toBe(text);
});
