import { detailsOf, failure } from '@piko/sdk'

/** Rewords a failure for services that run apart: commands about an environment do not help there. */
export function apartFailed(services: readonly string[], error: unknown): unknown {
  const details = detailsOf(error)
  if (!details) return error
  const hint =
    details.code === 'COMPOSE_PORT_TAKEN'
      ? 'To free the port, stop what uses it; `docker ps` lists containers with their ports'
      : `To try it without piko, run \`docker compose up ${services.join(' ')}\``
  return failure({ ...details, hints: [hint] })
}
