import { errorTable } from '@piko/sdk'

type Unknown = { name: string; known: readonly string[] }
type Refused = { registry: string; name: string | undefined; cause?: unknown }

export const registryErrors = errorTable({
  DEPLOY_REGISTRY_UNKNOWN: ({ name, known }: Unknown) => ({
    message: `There is no registry ${name}${known.length === 0 ? '' : `; there are ${known.join(', ')}`}`,
    hints: ['To see all, run `piko registry list`', `To add it, run \`piko registry add ${name} --url URL\``],
    kind: 'usage',
  }),
  DEPLOY_REGISTRY_TAKEN: ({ name, url }: { name: string; url: string }) => ({
    message: `There already is a registry named ${name} or with the address ${url}`,
    hints: [`To change it, run \`piko registry update ${name} --url ${url}\``],
    kind: 'usage',
  }),
  DEPLOY_REGISTRY_URL_INVALID: ({ url }: { url: string }) => ({
    message: `${url} is not the address of a registry`,
    hints: ['To name one, give its scheme and host, such as `--url https://registry.example.org`'],
    kind: 'usage',
  }),
  DEPLOY_REGISTRY_NAME_INVALID: ({ name }: { name: string }) => ({
    message: `${name} cannot be the name of a registry: it takes lower-case letters, digits and dashes`,
    hints: ['To add one, run `piko registry add main --url https://registry.example.org`'],
    kind: 'usage',
  }),
  DEPLOY_REGISTRY_DOWN: ({ registry, cause }: Refused) => ({
    message: `The registry ${registry} does not answer`,
    hints: [`To try again, check the address with \`piko registry list\``],
    kind: 'tool',
    cause,
  }),
  DEPLOY_REGISTRY_REFUSED: ({ registry, name }: Refused) => ({
    message: `The registry ${registry} refuses ${name === undefined ? 'a request without a login' : `the login of ${name}`}`,
    hints: [
      name === undefined
        ? `To log in, run \`piko registry add NAME --url ${registry} --user USER\``
        : `To store another token, run \`piko registry update ${name} --user USER\``,
    ],
    kind: 'tool',
  }),
  DEPLOY_REGISTRY_ANSWER_INVALID: ({ registry, status }: { registry: string; status: number }) => ({
    message: `${registry} answers with ${status}, as no registry does`,
    hints: ['To correct its address, run `piko registry update NAME --url URL`'],
    kind: 'tool',
  }),
  DEPLOY_REGISTRY_IN_USE: ({ name, stages }: { name: string; stages: readonly string[] }) => ({
    message: `The stages ${stages.join(', ')} take their image from the registry ${name}; without it, piko has no login for it`,
    hints: [`To remove it anyway, run \`piko registry remove ${name} --yes\``],
    kind: 'refused',
  }),
})
