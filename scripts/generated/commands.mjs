// docs/reference/commands.md, from oclif's manifests and the flags that plugins add to commands of core.
import { exitCodeBlocks } from './exit-codes.mjs'
import { code, fence, page, table } from './markdown.mjs'

export function commandsPage({ packages, manifests, exitCodes }) {
  const added = packages.flatMap(({ owner, manifest }) =>
    Object.entries(manifest.piko?.flags ?? {}).map(([command, flags]) => ({ owner, command, flags })),
  )
  const blocks = packages.flatMap(({ owner }, index) => [
    `## ${owner === 'core' ? 'Core' : `Plugin ${owner}`}`,
    ...Object.values(manifests[index].commands)
      .filter(({ hidden }) => !hidden)
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .flatMap(command => commandBlocks(command, added)),
  ])
  return page('Commands', [
    'What `piko help COMMAND` says, on one page. What can go wrong is in [errors](errors.md).',
    ...blocks,
    '## Exit codes',
    ...exitCodeBlocks(exitCodes),
  ])
}

function commandBlocks(command, added) {
  const name = nameOf(command)
  const { summary, description, aliases = [], args = {}, flags = {}, examples = [] } = command
  const extra = added.filter(({ command: id }) => id === command.id)
  return [
    `### piko ${name}`,
    `${summary}.`,
    fence([`piko ${usageOf(command)}`]),
    description ?? '',
    aliases.length > 0 ? `Also: ${aliases.map(alias => code(`piko ${alias}`)).join(', ')}.` : '',
    table(
      ['argument', 'meaning'],
      Object.values(args).map(arg => [code(argWord(arg)), arg.description ?? '']),
    ),
    table(
      ['flag', 'meaning'],
      [
        ...Object.values(flags).map(flagRow),
        ...extra.flatMap(({ owner, flags: own }) => pluginRows(own, owner)),
      ],
    ),
    'Examples:',
    fence(
      examples.flatMap(example => exampleLines(example, command)),
      'sh',
    ),
  ]
}

function nameOf({ id }) {
  return id.replaceAll(':', ' ')
}

function usageOf(command) {
  const { usage, args = {}, strict } = command
  if (usage) return fill([usage].flat().join('\npiko '), command)
  const words = Object.values(args).map(arg => (arg.required ? argWord(arg) : `[${argWord(arg)}]`))
  const last = words.pop()
  const rest = last === undefined ? [] : [strict ? last : last.replace(/\]?$/, end => `…${end}`)]
  return [nameOf(command), ...words, ...rest, '[FLAGS]'].join(' ')
}

function argWord({ name }) {
  return name.toUpperCase()
}

function flagRow({ name, char, type, summary, description, helpValue, options, default: value, multiple }) {
  const hint =
    type === 'boolean' ? '' : `=${options?.join('|') ?? helpValue ?? 'VALUE'}${multiple ? '…' : ''}`
  const words = code(`${char ? `-${char}, ` : ''}--${name}${hint}`)
  const standard = typeof value === 'string' ? `; default: ${code(value)}` : ''
  return [words, `${(summary ?? description ?? '').replace(/\.$/, '')}${standard}`]
}

function pluginRows(flags, owner) {
  return Object.entries(flags).map(([name, flag]) => {
    const [words, meaning] = flagRow({ name, ...flag })
    return [words, `${meaning} (plugin ${owner})`]
  })
}

function exampleLines(example, command) {
  if (typeof example === 'string') return [fill(example, command)]
  return [`# ${example.description}`, fill(example.command, command)]
}

function fill(text, command) {
  return text.replaceAll('<%= config.bin %>', 'piko').replaceAll('<%= command.id %>', nameOf(command))
}
