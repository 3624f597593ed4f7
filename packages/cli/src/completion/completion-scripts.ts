/** Shells that `chub completion` knows. */
export const SHELLS = ["bash", "zsh", "fish", "pwsh"] as const;
export type Shell = (typeof SHELLS)[number];

/** A script for a shell's start-up file. It asks `chub completion --line` for the words that may follow. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_chub() {
  local IFS=$'\\n'
  COMPREPLY=($(chub completion --line -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
# An address has a colon when several sources hold it: the word is not broken there.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:}
complete -o default -F _chub chub
`,
  zsh: `#compdef chub
_chub() {
  local -a found
  found=("\${(@f)$(chub completion --line -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -Q -- $found || _files
}
compdef _chub chub
`,
  fish: `function __chub_complete
  set -l words (commandline -opc) (commandline -ct)
  chub completion --line -- $words[2..-1] 2>/dev/null
end
complete -c chub -f -a '(__chub_complete)'
`,
  pwsh: `Register-ArgumentCompleter -Native -CommandName chub -ScriptBlock {
  param($word, $line, $position)
  $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  if ($word -eq '') { $words += '' }
  chub completion --line -- $words 2>$null | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`,
};
