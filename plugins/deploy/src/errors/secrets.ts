import { errorTable } from '@piko/sdk'

export const secretErrors = errorTable({
  DEPLOY_SECRET_UNKNOWN: ({ name, stage }: { name: string; stage: string }) => ({
    message: `The stage ${stage} has no secret ${name}`,
    hints: [`To set it, run \`piko secrets set ${stage} ${name}\``],
    kind: 'usage',
  }),
  DEPLOY_SECRET_EMPTY: ({ what }: { what: string }) => ({
    message: `No ${what} was given`,
    hints: [`To give the ${what}, type it when asked, or pass it on stdin`],
    kind: 'usage',
  }),
  DEPLOY_SECRET_NAME_INVALID: ({ name }: { name: string }) => ({
    message: `${name} cannot be the name of a variable`,
    hints: ['To set one, run `piko secrets set STAGE DATABASE_URL`'],
    kind: 'usage',
  }),
  DEPLOY_SECRETS_MISSING: ({ stage, names }: { stage: string; names: readonly string[] }) => ({
    message: `.piko.yml names secrets of ${stage} that have no value: ${names.join(', ')}`,
    hints: names.map(name => `To set it, run \`piko secrets set ${stage} ${name}\``),
  }),
  DEPLOY_SECRETS_KEY_MISSING: ({ file }: { file: string }) => ({
    message: `The key that this project's secrets are encrypted with is missing: ${file}`,
    hints: [
      'To use a key from elsewhere, set PIKO_SECRETS_KEY',
      'To give the secrets again, run `piko secrets set STAGE NAME` and `piko registry update NAME --user USER`',
    ],
  }),
  DEPLOY_SECRETS_KEY_WRONG: {
    message: "This project's secrets are encrypted with another key",
    hints: [
      'To use it, set PIKO_SECRETS_KEY to that key, or unset it if the key is in a file',
      'To see where the key is looked for, run `piko secrets --help`',
    ],
  },
  DEPLOY_SECRETS_KEY_INVALID: ({ variable }: { variable: string }) => ({
    message: `${variable} is not a key: 32 bytes in base64 are needed`,
    hints: ['To make one, run `openssl rand -base64 32`'],
    kind: 'usage',
  }),
  DEPLOY_SECRETS_NEXT_KEY_MISSING: {
    message: 'The key is in PIKO_SECRETS_KEY, so piko cannot replace it',
    hints: [
      'To rotate, set PIKO_SECRETS_NEXT_KEY to a new key, run `piko secrets rotate`, then set PIKO_SECRETS_KEY to it',
    ],
    kind: 'usage',
  },
  DEPLOY_SECRETS_DAMAGED: ({ what }: { what: string }) => ({
    message: `The stored ${what} cannot be decrypted: it was changed by something else`,
    hints: [
      'To store it again, run `piko secrets set STAGE NAME` or `piko registry update NAME --user USER`',
    ],
  }),
})
