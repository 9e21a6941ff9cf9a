import { dependenciesFact, type Failure } from '@piko/sdk'
import { missingModuleHint } from '../dependencies/hint.js'
import type { Looking } from '../docker.js'
import { linesOf } from '../engine/answer.js'
import { fetchLog } from '../engine/failure-log.js'
import { fetchLogLines, plainLine } from '../engine/log-lines.js'
import { readinessErrors } from '../errors/readiness.js'
import type { Judged } from './judge.js'
import type { SiteLook } from '../site.js'

type Context = Looking & Pick<SiteLook, 'environment' | 'project'>

const lastLines = 15

/** The error for failed services. */
export async function reportFailed(
  context: Context,
  failed: readonly Judged[],
  cause?: unknown,
): Promise<Failure> {
  return readinessErrors.COMPOSE_SERVICE_FAILED({ ...(await gather(context, failed)), cause })
}

/** The error for services that are not ready in time. */
export async function reportLate(
  context: Context,
  facts: {
    readonly late: readonly Judged[]
    /** Services without a container. */
    readonly missing: readonly string[]
    readonly seconds: number
  },
): Promise<Failure> {
  const { late, missing, seconds } = facts
  const gathered = await gather(context, late)
  const absent = missing.map(service => ({ service, how: 'has not been created yet', lines: [] }))
  return readinessErrors.COMPOSE_NOT_READY({
    ...gathered,
    services: [...gathered.services, ...absent],
    seconds,
    longer: Math.max(seconds * 2, 60), // shorter ones cannot cover the time that services must run
  })
}

async function gather(context: Context, judged: readonly Judged[]) {
  const services = await Promise.all(judged.map(each => describe(context, each)))
  const logs = await Promise.all(
    judged.map(async ({ container: { id, service } }) => ({
      name: service,
      text: await fetchLog(context, id),
    })),
  )
  return { environment: context.environment.name, services, logs }
}

async function describe(context: Context, { container, verdict }: Judged) {
  const { service, healthCheck } = container
  const printed = await fetchLogLines(context, container.id, lastLines)
  const dependencies = context.fact(dependenciesFact) ?? []
  const facts = { environment: context.environment.name, service, lines: printed, dependencies }
  const module = missingModuleHint(facts)
  return {
    service,
    how: 'how' in verdict ? verdict.how : verdict.state,
    lines: [
      ...(healthCheck ? healthLines(service, healthCheck) : []),
      ...printed.map(line => `${service} | ${plainLine(line)}`),
      ...(module ? [module.explanation] : []),
    ],
    hint: module?.hint,
  }
}

function healthLines(service: string, { code, output }: { code: number; output: string }): readonly string[] {
  const lines = linesOf(output).slice(-lastLines).map(plainLine)
  const head = `${service} health check (exit code ${code})`
  return lines.length === 0 ? [`${head}: no output`] : lines.map(line => `${head}: ${line}`)
}
