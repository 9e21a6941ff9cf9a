import type { PluginName, ProposedVariable } from '@piko/sdk'
import { stringify } from 'yaml'

/** What `piko init` detected in the project. */
export interface InitialFacts {
  readonly project: string
  /** The plugins that detected the project, each with its reason as a clause: "found compose.yaml". */
  readonly plugins: readonly { readonly name: PluginName; readonly because: string }[]
  /** Ignored files of the main checkout that a worktree needs. */
  readonly files?: { readonly copy?: readonly string[]; readonly link?: readonly string[] }
  /** Ignored dependency folders, each with its package manager and the file that shows it. */
  readonly dependencies?: readonly InitialDependency[]
  readonly scripts?: Readonly<Partial<Record<ScriptName, string>>>
  /** Entries of `env:`. An inactive one is written as a comment. */
  readonly env?: readonly ProposedVariable[]
}

export interface InitialDependency {
  readonly path: string
  readonly how: 'copy' | 'install'
  /** If false, it is written as a comment. */
  readonly isSure: boolean
  readonly because: string
}

type ScriptName = 'prepare' | 'setup' | 'run' | 'destroy'

/** The text of a new `.piko.yml`: detected values, and core's other keys as comments. */
export function initialConfig(facts: InitialFacts): string {
  const parts = [
    header,
    projectPart(facts),
    pluginsPart(facts),
    filesPart(facts),
    dependenciesPart(facts),
    scriptsPart(facts),
    envPart(facts),
    rest,
  ]
  return `${parts.join('\n\n')}\n`
}

const header = `# Configuration of piko for this project. To check this file, run \`piko config check\`;
# to see every key, including those of plugins, run \`piko config schema\`.`

const rest = `# Host ports: environment N gets \`size\` of them, starting at base + N × size, up to \`limit\`
# ports: { base: 10000, size: 100, limit: 32767 }

# Where worktrees are created
# worktrees: { dir: .piko/worktrees }`

function projectPart({ project }: InitialFacts): string {
  return `# The name in host names, containers and volumes\nproject: ${scalar(project)}`
}

function pluginsPart({ plugins }: InitialFacts): string {
  const comment =
    '# Without this key, each plugin detects whether it is needed. false turns one off; required makes it an\n' +
    '# error if it cannot run; [] creates worktrees only'
  if (plugins.length === 0) return `${comment}\nplugins: []`
  const items = plugins.map(({ name, because }) => `#   ${scalar(name)}: true # ${oneLine(because)}`)
  return [comment, '# plugins:', ...items].join('\n')
}

function filesPart({ files = {} }: InitialFacts): string {
  const { copy = [], link = [] } = files
  const lines = [
    copy.length > 0 ? `  copy: ${list(copy)}` : '  # copy: [.env, .env.local]',
    link.length > 0 ? `  link: ${list(link)}` : '  # link: [.tool-cache]',
  ]
  return [
    '# Git-ignored files in worktrees: `copy` copies them, `link` links them to those of the main checkout;',
    '# without `copy`, git-ignored .env* files are copied',
    'files:',
    ...lines,
  ].join('\n')
}

function dependenciesPart({ dependencies = [] }: InitialFacts): string {
  const comment = [
    '# Git-ignored folders of dependencies: `copy` copies those of the main checkout; `install` installs them in a container',
    '# of the service that mounts them, for other versions or where the host has another system (macOS)',
  ]
  const lines = dependencies.map(({ path, how, isSure, because }) => {
    return `  ${isSure ? '' : '# '}${scalar(path)}: ${how} # ${oneLine(because)}`
  })
  if (!dependencies.some(({ isSure }) => isSure)) {
    const examples = lines.length === 0 ? ['  # node_modules: copy'] : lines
    return [...comment, '# dependencies:', ...examples.map(line => line.replace(/^ {2}# /, '#   '))].join(
      '\n',
    )
  }
  return [...comment, 'dependencies:', ...lines].join('\n')
}

const exampleScripts: readonly (readonly [ScriptName, string, string])[] = [
  ['prepare', './scripts/prepare.sh', 'before anything starts'],
  ['setup', './scripts/setup.sh', 'once, when everything is ready'],
  ['run', './scripts/run.sh', 'by `piko run`'],
  ['destroy', './scripts/clean.sh', 'before the environment is destroyed'],
]

function scriptsPart({ scripts = {} }: InitialFacts): string {
  const lines = exampleScripts.map(([name, example, when]) => {
    const own = scripts[name]
    return own === undefined ? `  # ${name}: ${example} # ${when}` : `  ${name}: ${scalar(own)} # ${when}`
  })
  return [
    "# The project's own scripts, run in the worktree with the environment's variables",
    'scripts:',
    ...lines,
  ].join('\n')
}

const exampleVariables: readonly ProposedVariable[] = [
  { name: 'SITE_DOMAIN', value: '${host}', because: 'the host name of the environment', isActive: false },
]

function envPart({ env = exampleVariables }: InitialFacts): string {
  const isOn = env.some(({ isActive }) => isActive)
  const lines = (env.length > 0 ? env : exampleVariables).map(({ name, value, because, isActive }) => {
    const line = `  ${scalar(name)}: ${JSON.stringify(value)} # ${oneLine(because)}`
    return isActive ? line : `${isOn ? '  # ' : '# '.padEnd(4)}${line.trimStart()}`
  })
  return [
    "# Variables of each environment: for its processes, in the worktree's `.env`, and for Compose.",
    '# ${host}, ${project}, ${port.SERVICE} and ${url.SERVICE} are filled in',
    isOn ? 'env:' : '# env:',
    ...lines,
  ].join('\n')
}

/** Unquoted if YAML reads it back unchanged, else as JSON, which is valid YAML. */
function scalar(text: string): string {
  const isBare = /^[\w./][\w./@ -]*$/.test(text) && stringify(text) === `${text}\n`
  return isBare ? text : JSON.stringify(text)
}

function list(texts: readonly string[]): string {
  return `[${texts.map(scalar).join(', ')}]`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
