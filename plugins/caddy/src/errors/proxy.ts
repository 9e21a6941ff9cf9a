import { errorTable, warningTable, type ErrorDetails } from '@piko/sdk'

type Silent = { port: number; lines: readonly string[]; cause?: unknown }
type Failed = { environment: string; details: ErrorDetails | undefined }

export const proxyErrors = errorTable({
  CADDY_IMAGE_MISSING: ({ image, cause }: { image: string; cause: unknown }) => ({
    message: `The image ${image} of the proxy is missing and cannot be pulled`,
    hints: [
      'To use another image, run `piko proxy start --image IMAGE`',
      `To see why, run \`docker pull ${image}\``,
    ],
    kind: 'tool',
    cause,
  }),
  CADDY_PORT_TAKEN: ({ port, listeners }: { port: number; listeners: string | undefined }) => ({
    message: `Port ${port} of the proxy is taken by another program`,
    hints: [
      ...(listeners === undefined ? [] : [`To see which, run \`${listeners}\``]),
      'To move the proxy, run `piko proxy start --http-port 8180 --https-port 8543`',
      'To try again once it is free, run `piko proxy start`',
    ],
  }),
  CADDY_PORTS_EXHAUSTED: {
    message: 'None of the ports that the proxy tries is free',
    hints: ['To name two that are, run `piko proxy start --http-port 8180 --https-port 8543`'],
  },
  CADDY_PORTS_HALF: {
    message: '--http-port and --https-port must be given together',
    hints: ['To name both, run `piko proxy start --http-port 8180 --https-port 8543`'],
    kind: 'usage',
  },
  CADDY_PROXY_FOREIGN: ({ name }: { name: string }) => ({
    message: `The container ${name} already exists and is not this user's proxy; it was left alone`,
    hints: [
      'To use another name for the proxy, set XDG_STATE_HOME',
      `To see whose it is, run \`docker inspect ${name}\``,
    ],
    kind: 'refused',
  }),
  CADDY_PROXY_SILENT: ({ port, lines, cause }: Silent) => ({
    message: `The proxy does not answer on 127.0.0.1:${port}`,
    details: lines,
    hints: ['To see its log, run `piko proxy logs`', 'To start it again, run `piko proxy start`'],
    kind: 'tool',
    cause,
  }),
  CADDY_PROXY_STOPPED: {
    message: 'The proxy of this machine is not running',
    hints: ['To start it, run `piko proxy start`'],
  },
  CADDY_TRUST_FAILED: ({ command, cause }: { command: string; cause: unknown }) => ({
    message: `The certificate authority could not be added to this system's store: \`${command}\` failed`,
    hints: [
      'To do it by hand, import the certificate that `piko proxy trust` names',
      'To try again, run `piko proxy trust`',
    ],
    kind: 'tool',
    cause,
  }),
})

/** Warnings: the environment runs and can be reached by its ports. */
export const proxyWarnings = warningTable({
  CADDY_PROXY_FAILED: ({ environment, details }: Failed) => ({
    message: `The environment has no host names: ${details?.message ?? 'the proxy could not be started'}`,
    hints: [...(details?.hints ?? []), `To try again, run \`piko up ${environment}\``],
  }),
  CADDY_ENGINE_OTHER: ({ environment }: { environment: string }) => ({
    message: `The environment has no host names: ${environment} runs on another Docker engine than the proxy`,
    hints: ['To see where the proxy runs, run `piko proxy status`'],
  }),
})
