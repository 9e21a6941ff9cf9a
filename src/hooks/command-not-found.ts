import type { Hook } from '@oclif/core'
import { failure } from '@piko/sdk'
import { nearestText } from '../project/nearest.js'

/** `piko crate` is answered with the nearest command. */
const commandNotFound: Hook.CommandNotFound = ({ config, id }) => {
  const name = id.replaceAll(':', ' ')
  const known = config.commands.filter(command => !command.hidden).map(command => command.id.replaceAll(':', ' '))
  throw failure({
    code: 'COMMAND_UNKNOWN',
    message: `\`piko ${name}\` is not a command; ${nearestText(name, known)}`,
    hints: ['To see all commands, run `piko help`'],
    kind: 'usage',
  })
}

export default commandNotFound
