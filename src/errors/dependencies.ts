import { errorTable } from '@piko/sdk'

type Unmounted = { path: string; service: string; known: readonly string[]; line: string }

export const dependencyErrors = errorTable({
  DEPENDENCIES_UNCLEAR: ({ path }: { path: string }) => ({
    message: `Cannot tell what installs ${path}: no package manager's lock file is beside it`,
    hints: [`To name the command, set \`dependencies: { ${path}: { install: COMMAND } }\` in .piko.yml`],
  }),
  /** `line`: the `.piko.yml` line that lets piko choose. */
  DEPENDENCIES_SERVICE_UNKNOWN: ({ path, service, known, line }: Unmounted) => ({
    message: `The service ${service}, which is to install ${path}, does not mount the folder it is in; ${
      known.length === 0 ? 'no service does' : `those that do are ${known.join(', ')}`
    }`,
    hints: [`To let piko choose, set \`${line}\` in .piko.yml`],
  }),
})
