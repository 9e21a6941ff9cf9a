import { helpers, tables } from './posix.js'
import type { CompletedCommand } from './table.js'

/** The completion script for zsh, to be loaded with `source`. */
export function zshScript(table: readonly CompletedCommand[]): string {
  return `# Completion of piko for zsh.
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
${helpers}
_piko() {
  local cur=$PREFIX line= name= takes= services= flags= next= list= count=0 word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    _piko_read "$word"
  done
  _piko_list
  compadd -- \${=list}
}

${tables(table)}

compdef _piko piko
`
}
