import { type CompletedCommand, nextWords } from './table.js'

/** The parts that bash and zsh share. */

/** The two functions that describe piko's commands. */
export function tables(table: readonly CompletedCommand[]): string {
  return `_piko_about() {
  case $1 in
${caseArms(table)}
  esac
}

_piko_next() {
  case $1 in
${topicArms(table)}
  esac
}`
}

function caseArms(table: readonly CompletedCommand[]): string {
  return table
    .map(({ words, takes, takesServices, flags }) => {
      return `    '${words}') takes=${takes} services=${takesServices ? 'yes' : ''} flags='${flags.join(' ')}' ;;`
    })
    .join('\n')
}

function topicArms(table: readonly CompletedCommand[]): string {
  return [...nextWords(table)]
    .map(([before, words]) => `    '${before}') next='${words.join(' ')}' ;;`)
    .join('\n')
}

export const helpers = `
# Prints the file that lists the environments of the project that contains this folder.
_piko_file() {
  local folder=$PWD
  while [ -n "$folder" ]; do
    [ ! -r "$folder/.piko/completion" ] || {
      echo "$folder/.piko/completion"
      return
    }
    folder=\${folder%/*}
  done
  return 1
}

# Prints names of environments or, after one or in its worktree, its services.
_piko_known() {
  local file known folder targets
  file=$(_piko_file) || return 0
  while IFS=$'\\t' read -r known folder targets; do
    [ "$count" -gt 0 ] || echo "$known"
    [ -n "$services" ] || continue
    [ "$known" != "$name" ] || echo "$targets"
    case $PWD/ in "$folder"/*) echo "$targets" ;; esac
  done <"$file"
}

# Reads a word before the cursor. It continues the command or is an argument; the first argument is the environment.
_piko_read() {
  next=
  _piko_next "\${line:+$line }$1"
  takes=
  _piko_about "\${line:+$line }$1"
  if [ -n "$next$takes" ] && [ "$count" -eq 0 ]; then
    line=\${line:+$line }$1
  else
    case $1 in -*) ;; *) [ "$count" -gt 0 ] || name=$1; count=$((count + 1)) ;; esac
  fi
  _piko_about "$line"
}

_piko_list() {
  next=
  _piko_next "$line"
  case $cur in
    -*) list=$flags ;;
    *)
      list=$next
      case $takes in
        environment) [ "$count" -gt 0 ] && [ -z "$services" ] || list="$list $(_piko_known)" ;;
        branch) [ "$count" -gt 0 ] || list=$(git for-each-ref --format='%(refname:short)' refs/heads 2>/dev/null) ;;
      esac
      ;;
  esac
}`
