import { errorTable } from '@piko/sdk'

export const scaffoldErrors = errorTable({
  PLUGIN_NAME_INVALID: ({ name, problem }: { name: string; problem: string }) => ({
    message: `${name} cannot be a plugin's name: ${problem}`,
    hints: ['To choose another name, run `piko plugin new my-plugin`'],
    kind: 'usage',
  }),
  PLUGIN_FOLDER_THERE: ({ folder }: { folder: string }) => ({
    message: `${folder} already exists; nothing was changed`,
    hints: ['To create the plugin elsewhere, run the command in another folder'],
    kind: 'refused',
  }),
})
