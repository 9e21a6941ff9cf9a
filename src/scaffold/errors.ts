import { failure, type Failure } from '@piko/sdk'

export function pluginNameInvalid(name: string, problem: string): Failure {
  return failure({
    code: 'PLUGIN_NAME_INVALID',
    message: `${name} cannot be a plugin's name: ${problem}`,
    hints: ['To choose another name, run `piko plugin new my-plugin`'],
    kind: 'usage',
  })
}

export function folderThere(folder: string): Failure {
  return failure({
    code: 'PLUGIN_FOLDER_THERE',
    message: `${folder} already exists; nothing was changed`,
    hints: ['To create the plugin elsewhere, run the command in another folder'],
    kind: 'refused',
  })
}
