import { posix } from 'node:path'
import type { Model } from '../contract.js'
import { composeOptions, projectArgs, runDocker } from '../docker.js'
import { dependencyErrors } from '../errors/dependencies.js'
import type { Installed } from '../override/dependency-volumes.js'
import type { SiteContext } from '../site.js'

type Context = SiteContext

interface Installation {
  readonly model: Model
  readonly installed: Installed
  /** The volume is new. */
  readonly isNew: boolean
}

/** Installs in a container of the service, as the service's user. Starts nothing else. */
export async function install(context: Context, { model, installed, isNew }: Installation): Promise<void> {
  const [seen] = installed.seen
  if (!seen) return
  const { service, target } = seen
  // A new volume belongs to root, but the image may set another user.
  if (isNew) {
    const words = ['--user', '0:0', '--workdir', '/', service, '-c', 'chmod 777 "$1"', 'piko', target]
    await runDocker(context, commandOf(context, model, words), composeOptions(model))
  }
  const lines: string[] = []
  const words = [
    '--workdir',
    workdirOf(installed, target),
    '--env',
    'CI=true',
    service,
    '-c',
    installed.command,
  ]
  const { exitCode } = await runDocker(context, commandOf(context, model, words), {
    ...composeOptions(model),
    onLine: line => void lines.push(line),
    allowFailure: true,
  })
  if (exitCode === 0) return
  const { path, command } = installed
  const failed = { path, command, service, exitCode, lines: lines.slice(-15) }
  throw dependencyErrors.COMPOSE_INSTALL_FAILED({ environment: context.environment.name, ...failed })
}

function commandOf({ environment }: Context, model: Model, words: readonly string[]): readonly string[] {
  const run = ['run', '--rm', '--no-deps', '--no-TTY', '--entrypoint', 'sh', ...words]
  return [...projectArgs(model, environment), ...run]
}

/** The lock file's folder in the container; without a lock file, the parent folder. */
function workdirOf({ path, lock }: Installed, target: string): string {
  const inside = lock === undefined ? '' : posix.relative(posix.dirname(lock), path)
  return target.endsWith(`/${inside}`) && inside !== ''
    ? target.slice(0, -inside.length - 1) || '/'
    : posix.dirname(target)
}
