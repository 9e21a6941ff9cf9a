import { type Terminal, visibleText } from '@piko/sdk'
import type { ListedEnvironment } from '../environment/listing.js'
import type { Overview } from '../environment/overview.js'
import { listLines } from './list.js'

/** The output of `piko` without arguments: where you are, your environments, and three hints. */
export function overviewLines(overview: Overview, terminal: Terminal): readonly string[] {
  const { environments } = overview
  return [
    whereLine(overview),
    ...(environments.length > 0
      ? ['', ...listLines({ entries: environments, live: undefined, isPending: false, terminal })]
      : []),
    '',
    ...hintsFor(overview).map(hint => `↳ ${hint}`),
  ]
}

function whereLine({ checkout, project, here, environments }: Overview): string {
  if (checkout === undefined) return 'This folder is not in a git repository'
  if (here) return visibleText(`In the environment ${here.name} (${here.status}) of ${project}`)
  const none = environments.length === 0 ? '; it has no environments yet' : ''
  return visibleText(`In the main checkout of ${project}${none}`)
}

const help = 'To see all commands, run `piko help`'

function hintsFor(overview: Overview): readonly string[] {
  const { checkout, here, environments, isComposed } = overview
  const [first] = environments
  if (checkout === undefined)
    return [
      'To start with a project, go to its repository: `cd path/to/project`',
      'To make this folder a repository, run `git init`',
      help,
    ]
  if (here) return hintsInside(here)
  if (first) return hintsAbout(environments, first)
  if (!isComposed)
    return [
      'To run services in each environment, add a `compose.yaml`, or name your file in .piko.yml: `piko init`',
      'To have worktrees without services, run `echo "plugins: []" >> .piko.yml`',
      help,
    ]
  return [
    'To create an environment for a branch, run `piko create my-branch`',
    'To see first what that would do, run `piko create my-branch --dry-run`',
    'To check what piko needs, run `piko doctor`',
  ]
}

function hintsInside({ name, status }: ListedEnvironment): readonly string[] {
  if (status !== 'running')
    return [
      'To start it, run `piko up`',
      'To see its state, run `piko status`',
      `To remove it, run \`piko destroy ${name}\``,
    ]
  return [
    'To see its state, run `piko status`',
    'To follow its logs, run `piko logs -f`',
    `To stop it, run \`piko down ${name}\``,
  ]
}

/** Hints about a failed environment, else about a running one. */
function hintsAbout(environments: readonly ListedEnvironment[], first: ListedEnvironment): readonly string[] {
  const failed = environments.find(({ status }) => status === 'failed')
  const { name, status } = failed ?? environments.find(other => other.status === 'running') ?? first
  return [
    status === 'running'
      ? `To see the state of ${name}, run \`piko status ${name}\``
      : `To start ${name}, run \`piko up ${name}\``,
    `To go there, run \`cd "$(piko path ${name})"\``,
    'To create another environment, run `piko create my-branch`',
  ]
}
