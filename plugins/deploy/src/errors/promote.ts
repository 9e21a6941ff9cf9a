import { errorTable } from '@piko/sdk'

type Named = { environment: string; stage: string }

export const promoteErrors = errorTable({
  DEPLOY_PROMOTE_NOT_COMMITTED: ({ environment, stage, files }: Named & { files: readonly string[] }) => ({
    message: `${environment} has changes that are not committed, so its commit does not say what would be deployed`,
    details: files,
    hints: [`To deploy them, commit them and run \`piko promote ${environment} ${stage}\` again`],
    kind: 'refused',
  }),
  DEPLOY_PROMOTE_NOTHING_BUILT: ({ environment, stage, service }: Named & { service: string }) => ({
    message: `The Compose file of ${environment} does not build ${service}, which ${stage} runs`,
    hints: [
      `To let it be built, add \`build:\` to ${service} in the Compose file of the branch, commit it and run \`piko promote ${environment} ${stage}\` again`,
      `To deploy an image that exists, run \`piko deploy ${stage} TAG\``,
    ],
  }),
  DEPLOY_PROMOTE_NOT_PUSHED: ({
    image,
    lines,
    cause,
  }: {
    image: string
    lines: readonly string[]
    cause: unknown
  }) => ({
    message: `${image} could not be pushed`,
    details: lines,
    hints: ['To check the login of its registry, run `piko registry test NAME`'],
    kind: 'tool',
    cause,
  }),
})
