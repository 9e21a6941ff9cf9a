import { errorTable } from '@piko/sdk'

type Invalid = { setting: string; value: string; lowest: number }

export const settingErrors = errorTable({
  DEPLOY_SETTING_UNKNOWN: ({ setting, known }: { setting: string; known: readonly string[] }) => ({
    message: `There is no setting ${setting}; there are ${known.join(', ')}`,
    hints: ['To see their values, run `piko settings show`'],
    kind: 'usage',
  }),
  DEPLOY_SETTING_INVALID: ({ setting, value, lowest }: Invalid) => ({
    message: `${setting} is a whole number from ${lowest}, not ${value}`,
    hints: [`To set it, run \`piko settings set ${setting} ${Math.max(lowest, 1)}\``],
    kind: 'usage',
  }),
})
