import { errorTable } from '@piko/sdk'

type Invalid = { file: string; problems: readonly string[]; install?: string | undefined }
type Placeholder = { key: string; placeholder: string; nearest: string; publish: Publish | undefined }
type Publish = { kind: string; service: string }

const literal = 'To write a literal `$` before `{`, write `$$`'

export const projectErrors = errorTable({
  /** `install`: the hint for plugins that the file names and that are not installed. */
  CONFIG_INVALID: ({ file, problems, install }: Invalid) => ({
    message: `${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}`,
    details: problems,
    hints: [
      'To see every key and what it means, run `piko config schema`',
      ...(install === undefined ? [] : [install]),
    ],
    kind: 'state',
  }),
  CONFIG_AMBIGUOUS: ({ root, file, other }: { root: string; file: string; other: string }) => ({
    message: `${file} and ${other} are both in ${root}, and only one can count`,
    hints: [`To keep ${file}, remove the other: \`rm ${other}\``],
    kind: 'state',
  }),
  CONFIG_UNREADABLE: ({ path, cause }: { path: string; cause: unknown }) => ({
    message: `${path} cannot be read`,
    hints: [`To see what is there, run \`ls -ld ${path}\``],
    kind: 'state',
    cause,
  }),
  /** A plugin's schema threw instead of reporting issues: the plugin is at fault, not the file. */
  CONFIG_SCHEMA_BROKEN: ({ owner, cause }: { owner: string; cause: unknown }) => ({
    message: `The configuration schema of the plugin \`${owner}\` fails instead of checking its section`,
    kind: 'plugin',
    cause,
  }),
  /** `publish`: the service and port of a `url` or `port` placeholder; `nearest`: a clause. */
  CONFIG_PLACEHOLDER_UNKNOWN: ({ key, placeholder, nearest, publish }: Placeholder) => ({
    message: `${key} has the unknown placeholder \`\${${placeholder}}\`${publish === undefined ? '' : `: no service ${publish.service} of the environment publishes that port`}; ${nearest}`,
    hints: [
      literal,
      ...(publish === undefined
        ? []
        : [
            `To give ${publish.service} a ${publish.kind}, publish its port under \`ports:\` in the Compose file`,
          ]),
    ],
    kind: 'state',
  }),
  CONFIG_PLACEHOLDER_UNCLOSED: ({ key, rest }: { key: string; rest: string }) => ({
    message: `${key} has a placeholder without its \`}\`: \`${rest}\``,
    hints: [literal],
    kind: 'state',
  }),
  ENV_BLOCK_DAMAGED: ({ file, line, what }: { file: string; line: number; what: string }) => ({
    message: `The part of ${file} that piko manages is damaged: ${what}, in line ${line}`,
    details: ['Nothing was changed'],
    hints: [`To have it rewritten, remove the lines from \`# >>> piko\` to \`# <<< piko\` from ${file}`],
    kind: 'state',
  }),
  ENV_VALUE_UNFIT: ({ name, file, why }: { name: string; file: string; why: string }) => ({
    message: `The variable ${name} cannot be written to ${file}: ${why}`,
    details: ['Nothing was changed'],
    kind: 'state',
  }),
  NAME_INVALID: ({ name, fault, valid }: { name: string; fault: string; valid: string }) => ({
    message: `\`${oneLine(name)}\` is not a valid environment name: ${fault}`,
    hints: [`To use a similar name, run \`piko create ${valid}\``],
    kind: 'usage',
  }),
  NAME_RESERVED: ({ name, slug, valid }: { name: string; slug: string; valid: string }) => ({
    message: `\`${oneLine(name)}\` cannot name an environment: piko keeps \`${slug}\` for itself`,
    hints: [`To use a similar name, run \`piko create ${valid}\``],
    kind: 'usage',
  }),
})

/** Makes an arbitrary name fit for one line of a terminal. */
function oneLine(name: string): string {
  const plain = name.replaceAll(/[\p{Control}\p{Format}\p{Surrogate}]/gu, '?')
  return plain.length <= 60 ? plain : `${plain.slice(0, 57)}…`
}
