import { readFileSync } from 'node:fs'

interface Recorded {
  readonly id: string
  readonly hidden?: boolean
  readonly pluginName: string
  readonly enableJsonFlag?: boolean
  readonly flags: Readonly<
    Record<string, { readonly char?: string; readonly type: string; readonly allowNo?: boolean }>
  >
}

/** The commands of piko, as the build recorded them. */
function readCommands(): readonly Recorded[] {
  const { commands } = JSON.parse(readFileSync('bundle/oclif.json', 'utf8')) as {
    commands: readonly Recorded[]
  }
  return commands.filter(({ pluginName }) => !pluginName.startsWith('@oclif/'))
}

/** The flags of these commands that no call gives, as "COMMAND --FLAG". */
export function untriedFlags(
  commands: readonly string[],
  calls: readonly (readonly string[])[],
): readonly string[] {
  return readCommands()
    .filter(({ id }) => commands.includes(id))
    .flatMap(({ id, flags, enableJsonFlag }) =>
      Object.entries(flags).flatMap(([name, { char, allowNo }]) => {
        // Manifests list it for every command.
        if (name === 'json' && enableJsonFlag === false) return []
        const words = [
          `--${name}`,
          ...(char === undefined ? [] : [`-${char}`]),
          ...(allowNo ? [`--no-${name}`] : []),
        ]
        const isTried = calls.some(
          ([command, ...rest]) =>
            command === id && rest.some(word => words.includes(word.split('=')[0] ?? '')),
        )
        return isTried ? [] : [`${id} --${name}`]
      }),
    )
}
