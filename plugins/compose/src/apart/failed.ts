import { detailsOf, failure } from '@piko/sdk'

/** The same failure of services that run apart: no command about an environment helps there. */
export function apartFailed(services: readonly string[], error: unknown): unknown {
  const details = detailsOf(error)
  if (!details) return error
  const hint =
    details.code === 'COMPOSE_PORT_TAKEN'
      ? 'To free the port, stop what uses it; `docker ps` lists containers with their ports'
      : `To try it without piko, run \`docker compose up ${services.join(' ')}\``
  return failure({ ...details, hints: [hint] })
}
