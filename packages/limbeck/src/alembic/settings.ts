/** What Alembic's configuration file says of where things are. */
export interface AlembicSettings {
  readonly scriptLocation: string | undefined;
  readonly versionLocations: readonly string[];
  readonly isRecursive: boolean;
}

/** Reads `alembic.ini`'s section `[alembic]`. `here` stands for `%(here)s`, the folder of the file. */
export function readIni(text: string, here: string): AlembicSettings {
  const values = new Map<string, string>();
  let isAlembic = false;
  let last: string | undefined;
  for (const line of text.split(/\r\n?|\n/)) {
    const section = /^\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) isAlembic = section.trim() === "alembic";
    if (section !== undefined || !isAlembic || /^\s*[#;]/.test(line)) continue;
    const [, key, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) values.set((last = key.trim().toLowerCase()), value!.trim());
    else if (last !== undefined && line.trim() !== "") values.set(last, `${values.get(last)!}\n${line.trim()}`);
  }
  const said = (key: string): string | undefined => values.get(key)?.replaceAll("%(here)s", here).replaceAll("%%", "%");
  return {
    scriptLocation: said("script_location"),
    versionLocations: split(said("version_locations") ?? "", said("path_separator") ?? said("version_path_separator")),
    isRecursive: /^(?:true|yes|on|1)$/i.test(said("recursive_version_locations") ?? ""),
  };
}

const SEPARATORS: Readonly<Record<string, RegExp>> = { os: /:/, space: / +/, newline: /\n/, ":": /:/, ";": /;/ };

/** Without a separator, spaces and commas part the folders, as they always did. */
function split(text: string, separator: string | undefined): string[] {
  const by = separator === undefined ? /[,\s]+/ : (SEPARATORS[separator] ?? /[,\s]+/);
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
