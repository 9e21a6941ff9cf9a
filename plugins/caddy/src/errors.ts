import { type ErrorDetails, failure, type Failure, type Warning } from '@piko/sdk'

/** Every error of this plugin: functions from facts to what is shown. */

export function serviceUnknown(service: string, known: readonly string[]): Failure {
  return failure({
    code: 'CADDY_SERVICE_UNKNOWN',
    message: `.piko.yml gives a name to the service ${service}, which the Compose files do not have`,
    hints: [
      `To choose another, set \`caddy: { services: … }\` in .piko.yml; there are ${known.join(', ')}`,
      'To check the file, run `piko config check`',
    ],
  })
}

export function serviceUnreachable(service: string): Failure {
  return failure({
    code: 'CADDY_SERVICE_UNREACHABLE',
    message: `The proxy cannot reach the service ${service}: its profile is not active, or it has no network of its own`,
    hints: ['To choose another, change `caddy: { services: … }` in .piko.yml', 'To look, run `piko explain`'],
  })
}

export function portUnclear(service: string): Failure {
  return failure({
    code: 'CADDY_PORT_UNCLEAR',
    message: `Cannot tell which port of the service ${service} the proxy should use`,
    hints: [`To name it, set \`caddy: { services: { ${service}: { port: 8000 } } }\` in .piko.yml`],
  })
}

export function mediaUnknown(source: string, volumes: readonly string[]): Failure {
  const known = volumes.length === 0 ? 'they have none' : `they have ${volumes.join(', ')}`
  return failure({
    code: 'CADDY_MEDIA_UNKNOWN',
    message: `caddy.media names ${source}, which is not a volume of the Compose files; ${known}`,
    hints: [`To serve a folder of the worktree, write it as \`./${source}\` in .piko.yml`],
  })
}

export function imageMissing(image: string, cause: unknown): Failure {
  return failure({
    code: 'CADDY_IMAGE_MISSING',
    message: `The image ${image} of the proxy is missing and cannot be pulled`,
    hints: [
      'To use another image, set `caddy: { image: … }` in .piko.yml',
      `To see why, run \`docker pull ${image}\``,
    ],
    kind: 'tool',
    cause,
  })
}

export function portTakenDetails(port: number, retry: string): ErrorDetails {
  return {
    code: 'CADDY_PORT_TAKEN',
    message: `Port ${port} of the proxy is taken by another program`,
    hints: [
      `To see which, run \`${listenersCommand(port)}\``,
      'To move the proxy, run `piko proxy start --http-port 8180 --https-port 8543`',
      `To try again once it is free, run \`${retry}\``,
    ],
  }
}

export function portTaken(port: number): Failure {
  return failure(portTakenDetails(port, 'piko proxy start'))
}

export function portsExhausted(): Failure {
  return failure({
    code: 'CADDY_PORTS_EXHAUSTED',
    message: 'None of the ports that the proxy tries is free',
    hints: ['To name two that are, run `piko proxy start --http-port 8180 --https-port 8543`'],
  })
}

export function portsHalf(): Failure {
  return failure({
    code: 'CADDY_PORTS_HALF',
    message: '--http-port and --https-port must be given together',
    hints: ['To name both, run `piko proxy start --http-port 8180 --https-port 8543`'],
    kind: 'usage',
  })
}

export function proxyForeign(name: string): Failure {
  return failure({
    code: 'CADDY_PROXY_FOREIGN',
    message: `The container ${name} already exists and is not this user's proxy; it was left alone`,
    hints: [
      'To use another name for the proxy, set XDG_STATE_HOME',
      `To see whose it is, run \`docker inspect ${name}\``,
    ],
    kind: 'refused',
  })
}

export function proxySilentDetails(facts: {
  readonly port: number
  readonly lines: readonly string[]
  readonly cause?: unknown
}): ErrorDetails {
  return {
    code: 'CADDY_PROXY_SILENT',
    message: `The proxy does not answer on 127.0.0.1:${facts.port}`,
    details: facts.lines,
    hints: ['To see its log, run `piko proxy logs`', 'To start it again, run `piko proxy start`'],
    kind: 'tool',
    cause: facts.cause,
  }
}

export function proxySilent(facts: Parameters<typeof proxySilentDetails>[0]): Failure {
  return failure(proxySilentDetails(facts))
}

export function proxyStoppedDetails(): ErrorDetails {
  return {
    code: 'CADDY_PROXY_STOPPED',
    message: 'The proxy of this machine is not running',
    hints: ['To start it, run `piko proxy start`'],
  }
}

export function proxyStopped(): Failure {
  return failure(proxyStoppedDetails())
}

export function routesBrokenDetails(problems: readonly string[]): ErrorDetails {
  return {
    code: 'CADDY_ROUTE_BROKEN',
    message: `Host names that do not answer: ${problems.join('; ')}`,
    hints: ['To see each, run `piko proxy routes`', 'To repair those of an environment, run `piko up NAME`'],
  }
}

export function routeAbsent(
  environment: string,
  facts: {
    readonly service: string | undefined
    readonly because: string
    readonly hints: readonly string[]
  },
): Failure {
  const what = facts.service === undefined ? '' : `the service ${facts.service} of `
  return failure({
    code: 'CADDY_ROUTE_ABSENT',
    message: `There is no URL for ${what}the environment ${environment}: ${facts.because}`,
    hints: [
      ...facts.hints,
      'To give a service a name, set `caddy: { services: { web: { port: 8000 } } }` in .piko.yml',
      `To see its ports, run \`piko status ${environment}\``,
    ],
  })
}

export function trustFailed(facts: { readonly command: string; readonly cause: unknown }): Failure {
  return failure({
    code: 'CADDY_TRUST_FAILED',
    message: `The certificate authority could not be added to this system's store: \`${facts.command}\` failed`,
    hints: [
      'To do it by hand, import the certificate that `piko proxy trust` names',
      'To try again, run `piko proxy trust`',
    ],
    kind: 'tool',
    cause: facts.cause,
  })
}

/** What stops nothing: the environment runs, and can be reached by its ports. */
export function proxyFailed(details: ErrorDetails | undefined, environment: string): Warning {
  return {
    code: 'CADDY_PROXY_FAILED',
    message: `The environment has no host names: ${details?.message ?? 'the proxy could not be started'}`,
    hints: [...(details?.hints ?? []), `To try again, run \`piko up ${environment}\``],
  }
}

export function engineOther(environment: string): Warning {
  return {
    code: 'CADDY_ENGINE_OTHER',
    message: `The environment has no host names: ${environment} runs on another Docker engine than the proxy`,
    hints: ['To see where the proxy runs, run `piko proxy status`'],
  }
}

export function routeSilent(facts: {
  readonly service: string
  readonly health: string
  readonly environment: string
}): Warning {
  const { service, health, environment } = facts
  return {
    code: 'CADDY_ROUTE_SILENT',
    message: `${service} does not answer on ${health} yet; its host name works as soon as it does`,
    hints: [`To see its log, run \`piko logs ${environment} ${service}\``],
    service,
  }
}

/** macOS has no `ss`. */
function listenersCommand(port: number): string {
  return process.platform === 'linux' ? `ss -ltnp sport = :${port}` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`
}
