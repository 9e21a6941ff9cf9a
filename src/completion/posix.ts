import { type CompletedCommand, nextWords } from './table.js'

/** What bash and zsh have in common. */

/** The two functions that know piko's commands. */
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
# The file that piko keeps its environments in, of the project around this folder.
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

# Names of environments; behind one, or in the worktree of one, its services.
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

# Takes a word in front of the cursor: part of the command, else the first of its own words is the environment.
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
