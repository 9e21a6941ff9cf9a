import { failure, type Failure } from '@piko/sdk'

export function pluginNameInvalid(name: string, problem: string): Failure {
  return failure({
    code: 'PLUGIN_NAME_INVALID',
    message: `No plugin can be named ${name}: ${problem}`,
    hints: ['To give it a name of its own, run `piko plugin new my-plugin`'],
    kind: 'usage',
  })
}

export function folderThere(folder: string): Failure {
  return failure({
    code: 'PLUGIN_FOLDER_THERE',
    message: `${folder} is there already; nothing was changed`,
    hints: ['To make the plugin elsewhere, run the command in another folder'],
    kind: 'refused',
  })
}
