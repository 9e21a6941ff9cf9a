import type { CompletedCommand } from './table.js'
import { helpers, tables } from './posix.js'

/** The completion script for bash, to be loaded with `source`. */
export function bashScript(table: readonly CompletedCommand[]): string {
  return `# Completion of piko for bash.
${helpers}
_piko() {
  local cur=\${COMP_WORDS[COMP_CWORD]} line= name= takes= services= flags= next= list= count=0 word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    _piko_read "$word"
  done
  _piko_list
  mapfile -t COMPREPLY < <(compgen -W "$list" -- "$cur")
}

${tables(table)}

complete -F _piko piko
`
}
