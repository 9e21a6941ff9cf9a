import { detailsOf, type Asked, type KnownService, type ServiceState, type Size } from '@piko/sdk'
import { lifecycleErrors } from '../errors/lifecycle.js'
import type { ActivePlugin } from './active-plugin.js'
import type { Asking } from './contributions.js'

/** The services of one environment; plugins that describe the same service are merged in order of their names. */
export function collectServices(asking: Asking): Readonly<Record<string, KnownService>> {
  const services: Record<string, KnownService> = {}
  for (const plugin of byName(asking.plugins)) {
    const { services: ask } = plugin.definition.contributes ?? {}
    if (!ask) continue
    for (const [service, known] of Object.entries(
      answer(plugin, 'services', () => ask(asking.contextOf(plugin))),
    ))
      services[service] = { ...services[service], ...known }
  }
  return services
}

/** Service states by environment, and why some are unknown. */
export interface States {
  /** Contains only environments that a plugin reported. */
  readonly services: Readonly<Record<string, readonly ServiceState[]>>
  readonly problems: readonly Error[]
}

/** Queries all plugins in parallel, each once for all environments. */
export async function askStates(
  plugins: readonly ActivePlugin[],
  asking: readonly Asking[],
): Promise<States> {
  const asked = shareAnswers()
  const answers = await Promise.allSettled(
    byName(plugins).map(async plugin => {
      const contexts = asking.map(one => one.contextOf(plugin))
      return (await plugin.definition.contributes?.state?.(contexts, asked)) ?? {}
    }),
  )
  const services: Record<string, readonly ServiceState[]> = {}
  const problems: Error[] = []
  for (const [at, outcome] of answers.entries()) {
    if (outcome.status === 'rejected') problems.push(blamed(byName(plugins)[at], outcome.reason))
    else
      for (const [name, found] of Object.entries(outcome.value))
        services[name] = [...(services[name] ?? []), ...found]
  }
  return { services, problems: withoutDuplicates(problems) }
}

/** Disk usage reported by all plugins, and why some of it is unknown. */
export async function askSizes(asking: Asking): Promise<{
  readonly sizes: readonly Size[]
  readonly problems: readonly Error[]
}> {
  const plugins = byName(asking.plugins)
  const answers = await Promise.allSettled(
    plugins.map(
      async plugin => (await plugin.definition.contributes?.sizes?.(asking.contextOf(plugin))) ?? [],
    ),
  )
  return {
    sizes: answers.flatMap(outcome => (outcome.status === 'fulfilled' ? outcome.value : [])),
    problems: withoutDuplicates(
      answers.flatMap((outcome, at) =>
        outcome.status === 'rejected' ? [blamed(plugins[at], outcome.reason)] : [],
      ),
    ),
  }
}

export function shareAnswers(): Asked {
  const answers = new Map<string, Promise<unknown>>()
  return {
    once: <Answer>(key: string, ask: () => Promise<Answer>) => {
      const known = answers.get(key) ?? ask()
      answers.set(key, known)
      return known as Promise<Answer>
    },
  }
}

function answer<Value>(plugin: ActivePlugin, what: string, ask: () => Value): Value {
  try {
    return ask()
  } catch (error) {
    throw blamed(plugin, error, `contributes.${what}`)
  }
}

function blamed(plugin: ActivePlugin | undefined, error: unknown, what = 'contributes.state'): Error {
  if (
    error instanceof Error &&
    (detailsOf(error) || error.name === 'AbortError' || error.name === 'TimeoutError')
  )
    return error
  return plugin
    ? lifecycleErrors.CONTRIBUTION_FAILED({ ...plugin, what, cause: error })
    : new Error(String(error))
}

/** An engine that does not respond is one problem, however many plugins query it. */
function withoutDuplicates(problems: readonly Error[]): readonly Error[] {
  return problems.filter(
    (problem, at) => problems.findIndex(({ message }) => message === problem.message) === at,
  )
}

function byName(plugins: readonly ActivePlugin[]): readonly ActivePlugin[] {
  return [...plugins].sort((a, b) => (a.name < b.name ? -1 : 1))
}
