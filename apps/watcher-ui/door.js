/** The folder of the built pages. */
export const folder = new URL("dist/", import.meta.url);
