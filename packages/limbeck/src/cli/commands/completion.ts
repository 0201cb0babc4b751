import { LimbeckError } from "../../errors/limbeck-error.ts";
import { command } from "../command.ts";

/** What each shell runs when it starts. They ask limbeck itself for the words, so that revisions are among them. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_limbeck() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" completion -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _limbeck limbeck
`,
  zsh: `#compdef limbeck
_limbeck() {
  local -a found
  local word told
  while IFS=$'\\t' read -r word told; do
    found+=("\${word//:/\\\\:}\${told:+:$told}")
  done < <("\${words[1]}" completion -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( $#found )); then _describe limbeck found; else _files; fi
}
compdef _limbeck limbeck
`,
  fish: `function __limbeck_complete
  set -l words (commandline -opc)
  limbeck completion -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c limbeck -k -a '(__limbeck_complete)'
`,
};

export const spec = command({
  arguments: [{ name: "<shell>", description: "bash, zsh or fish" }],
  examples: [
    ['eval "$(limbeck completion bash)"', "in ~/.bashrc"],
    ['eval "$(limbeck completion zsh)"', "in ~/.zshrc, behind compinit"],
    ["limbeck completion fish | source", "in ~/.config/fish/config.fish"],
  ],
  run: {
    async withoutConfig(_place, { arguments: [shell] }) {
      const script = Object.hasOwn(SCRIPTS, shell!) ? SCRIPTS[shell!] : undefined;
      if (script !== undefined) return { script };
      throw new LimbeckError("USAGE", {
        message: `There is no completion for ${shell}.`,
        hint: `Use one of ${Object.keys(SCRIPTS).join(", ")}.`,
      });
    },
  },
  render: ({ script }) => script,
});
