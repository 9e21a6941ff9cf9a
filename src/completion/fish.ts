import { type CompletedCommand, nextWords } from './table.js'

/** The completion script for fish, to be loaded with `source`. */
export function fishScript(table: readonly CompletedCommand[]): string {
  return `${helpers}
function __piko_about --argument-names command what
    set -l takes
    set -l services
    set -l flags
    switch "$command"
${table.map(arm).join('\n')}
        case '*'
            return 1
    end
    switch "$what"
        case takes
            echo $takes
        case services
            echo $services
        case flags
            string join \\n -- $flags
    end
    return 0
end

function __piko_next --argument-names command
    switch "$command"
${[...nextWords(table)].map(topic).join('\n')}
        case '*'
            return 1
    end
end

complete -c piko -f -a '(__piko)'
`
}

function arm({ words, takes, takesServices, flags }: CompletedCommand): string {
  return `        case '${words}'
            set takes ${takes}
            set services ${takesServices ? 'yes' : ''}
            set flags ${flags.join(' ')}`
}

function topic([before, words]: readonly [string, readonly string[]]): string {
  return `        case '${before}'
            string join \\n -- ${words.join(' ')}`
}

const helpers = `# Completion of piko for fish.

# Prints the file that lists the environments of the project that contains this folder.
function __piko_file
    set -l folder $PWD
    while test -n "$folder"
        if test -r "$folder/.piko/completion"
            echo "$folder/.piko/completion"
            return
        end
        set folder (string replace -r '/[^/]*$' '' -- $folder)
    end
    return 1
end

# Prints names of environments or, after one or in its worktree, its services.
function __piko_known --argument-names count name services
    set -l file (__piko_file); or return
    while read -l -d \\t known folder targets
        test $count -gt 0; or echo $known
        test -n "$services"; or continue
        if test "$known" = "$name"; or string match -q -- "$folder/*" "$PWD/"
            string split ' ' -- $targets
        end
    end <$file
end

function __piko
    set -l line
    set -l name
    set -l count 0
    for word in (commandline -opc)[2..]
        set -l longer (string join ' ' -- $line $word)
        if test $count -eq 0; and begin; __piko_next $longer >/dev/null; or __piko_about $longer >/dev/null; end
            set line $longer
        else if not string match -q -- '-*' $word
            test $count -gt 0; or set name $word
            set count (math $count + 1)
        end
    end
    if string match -q -- '-*' (commandline -ct)
        __piko_about "$line" flags
        return
    end
    __piko_next "$line"
    set -l services (__piko_about "$line" services)
    switch (__piko_about "$line" takes)
        case environment
            if test $count -eq 0; or test -n "$services"
                __piko_known $count "$name" "$services"
            end
        case branch
            test $count -gt 0; or git for-each-ref --format='%(refname:short)' refs/heads 2>/dev/null
    end
    return 0
end
`
