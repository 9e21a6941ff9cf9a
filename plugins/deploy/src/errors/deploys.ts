import { errorTable } from '@piko/sdk'

type Failed = { stage: string; lines: readonly string[]; cause?: unknown }
type Unhealthy = {
  service: string
  path: string
  seconds: number
  status: number | null
  lines: readonly string[]
  /** The container's last lines. */
  output: readonly string[]
}

export const deployErrors = errorTable({
  DEPLOY_UNKNOWN: ({ id }: { id: string }) => ({
    message: `There is no deploy ${id}`,
    hints: ['To see the last ones, run `piko deploys`'],
    kind: 'usage',
  }),
  DEPLOY_AMBIGUOUS: ({ id, ids }: { id: string; ids: readonly string[] }) => ({
    message: `${id} is the beginning of several deploys: ${ids.join(', ')}`,
    hints: [`To choose one, run \`piko deploy logs ${ids[0] ?? ''}\``],
    kind: 'usage',
  }),
  DEPLOY_TAG_UNKNOWN: ({ image, stage }: { image: string; stage: string }) => ({
    message: `The registry has no ${image}`,
    hints: [`To deploy another tag, run \`piko deploy ${stage} TAG\``],
  }),
  DEPLOY_TAG_NONE: ({ image, pattern }: { image: string; pattern: string }) => ({
    message: `No tag of ${image} fits ${pattern}`,
    hints: ['To change the pattern, run `piko stage update NAME --tag PATTERN`'],
  }),
  DEPLOY_IMAGE_UNKNOWN: ({
    service,
    image,
    lines,
  }: {
    service: string
    image: string
    lines: readonly string[]
  }) => ({
    message: `The image ${image} of ${service} cannot be found, neither in its registry nor on the engine`,
    details: lines,
    hints: [`To see why, run \`docker pull ${image}\``],
    kind: 'tool',
  }),
  DEPLOY_IMAGE_MISSING: ({ service, stage }: { service: string; stage: string }) => ({
    message: `${service} is built from the Compose file and has no image to deploy`,
    hints: [
      `To build and push it, run \`piko promote ENVIRONMENT ${stage}\``,
      `To leave it out, name the others with \`piko stage update ${stage} --services SERVICE,SERVICE\``,
    ],
  }),
  DEPLOY_PULL_FAILED: ({
    image,
    lines,
    cause,
  }: {
    image: string
    lines: readonly string[]
    cause: unknown
  }) => ({
    message: `${image} could not be pulled`,
    details: lines,
    hints: ['To check the login of its registry, run `piko registry test NAME`'],
    kind: 'tool',
    cause,
  }),
  DEPLOY_RELEASE_FAILED: ({
    command,
    exitCode,
    lines,
  }: {
    command: string
    exitCode: number
    lines: readonly string[]
  }) => ({
    message: `The release command \`${command}\` ended with ${exitCode}`,
    details: lines,
    hints: ['To change it, run `piko stage update NAME --release COMMAND`'],
    kind: 'tool',
  }),
  DEPLOY_NOT_STARTED: ({ stage, lines, cause }: Failed) => ({
    message: `The containers of ${stage} could not be started`,
    details: lines,
    hints: [`To try again, run \`piko deploy ${stage}\``],
    kind: 'tool',
    cause,
  }),
  DEPLOY_CRASHED: ({
    service,
    state,
    lines,
  }: {
    service: string
    state: string
    lines: readonly string[]
  }) => ({
    message: `${service} ${state === 'unhealthy' || state === 'starting' ? 'does not become healthy' : 'does not stay up'}`,
    details: [`Its container is ${state}`, ...lines],
    hints: ['To see the last deploys with all that is known, run `piko deploys --json`'],
    kind: 'tool',
  }),
  DEPLOY_UNHEALTHY: ({ service, path, seconds, status, lines, output }: Unhealthy) => ({
    message: `${service} ${status === null ? 'does not answer' : `answers ${status}`} on ${path} after ${seconds} s`,
    details: [...lines, ...output],
    hints: [
      'To wait longer, run `piko settings set health-seconds 120`',
      'To check another path, run `piko stage update NAME --health PATH`',
    ],
    kind: 'tool',
  }),
  DEPLOY_PROXY_OTHER: ({ stage }: { stage: string }) => ({
    message: `${stage} cannot have a host name: it runs on another Docker engine than this shell uses, and so than the proxy`,
    hints: [
      'To see where the proxy runs, run `piko proxy status`',
      `To run the stage without one, run \`piko stage update ${stage} --no-port\``,
    ],
  }),
  DEPLOY_NOTHING_BEFORE: ({ stage }: { stage: string }) => ({
    message: `${stage} has no earlier release to return to`,
    hints: [`To see its deploys, run \`piko deploys ${stage}\``],
  }),
  DEPLOY_NOT_RESTORABLE: ({ stage, to }: { stage: string; to: string }) => ({
    message: `No successful deploy of ${stage} has the id or tag ${to}`,
    hints: [`To see its deploys, run \`piko deploys ${stage}\``],
    kind: 'usage',
  }),
  DEPLOY_ALREADY_SERVING: ({ stage, tag }: { stage: string; tag: string }) => ({
    message: `${stage} already serves that release of ${tag}`,
    hints: [`To see its deploys, run \`piko deploys ${stage}\``],
    kind: 'usage',
  }),
  DEPLOY_INTERRUPTED: {
    message: 'The process that did it was ended',
    hints: ['To see the state of the stages, run `piko instances`'],
  },
})
