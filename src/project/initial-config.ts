import type { PluginName } from '@piko/sdk'
import { stringify } from 'yaml'

/** What `piko init` found out about the project. */
export interface InitialFacts {
  readonly project: string
  /** The plugins that detected the project, each with its reason, a clause: "compose.yaml is there". */
  readonly plugins: readonly { readonly name: PluginName; readonly because: string }[]
  /** Files in the main checkout that git ignores and a worktree needs. */
  readonly files?: { readonly copy?: readonly string[]; readonly link?: readonly string[] }
  readonly scripts?: Readonly<Partial<Record<ScriptName, string>>>
}

type ScriptName = 'prepare' | 'setup' | 'run' | 'destroy'

/** The text of a first `.piko.yml`: what was found, and every other key of core as a comment. */
export function initialConfig(facts: InitialFacts): string {
  const parts = [header, projectPart(facts), pluginsPart(facts), filesPart(facts), scriptsPart(facts), rest]
  return `${parts.join('\n\n')}\n`
}

const header = `# What piko does with this project. To check this file, run \`piko config check\`;
# to see every key, those of the plugins too, run \`piko config schema\`.`

const rest = `# Further variables of the environment, next to the PIKO_… ones
# env:
#   SITE_DOMAIN: "\${host}"

# Host ports: environment N has \`size\` of them from base + N × size on, none above \`limit\`
# ports: { base: 10000, size: 100, limit: 32767 }

# Where the worktrees are made
# worktrees: { dir: .piko/worktrees }`

function projectPart({ project }: InitialFacts): string {
  return `# The name in hosts, containers and volumes\nproject: ${scalar(project)}`
}

function pluginsPart({ plugins }: InitialFacts): string {
  const comment =
    '# Who takes part, beside the worktree; [] is a worktree alone, without this key each plugin looks for itself'
  if (plugins.length === 0) return `${comment}\nplugins: []`
  const items = plugins.map(({ name, because }) => `  - ${scalar(name)} # ${oneLine(because)}`)
  return [comment, 'plugins:', ...items].join('\n')
}

function filesPart({ files = {} }: InitialFacts): string {
  const { copy = [], link = [] } = files
  const lines = [
    copy.length > 0 ? `  copy: ${list(copy)}` : '  # copy: [.env, .env.local]',
    link.length > 0 ? `  link: ${list(link)}` : '  # link: [node_modules]',
  ]
  return [
    '# Files that git does not bring into a worktree: `copy` gives it its own, `link` shares one;',
    '# without `copy` the git-ignored .env* files are copied',
    'files:',
    ...lines,
  ].join('\n')
}

const exampleScripts: readonly (readonly [ScriptName, string, string])[] = [
  ['prepare', './scripts/prepare.sh', 'before anything is started'],
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

/** Bare where YAML reads it back as the same text, else as JSON, which is YAML too. */
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
