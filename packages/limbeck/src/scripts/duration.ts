/** For the rooms that know scripts and not operations. */
export { parseDuration } from "../operations/language/duration.ts";
