import type { Hook } from '@oclif/core'
import { failure } from '@piko/sdk'
import { findNearest } from '../project/nearest.js'

/** Answers an unknown command such as `piko crate` with the nearest one. */
const commandNotFound: Hook.CommandNotFound = ({ config, id }) => {
  const words = id.split(':')
  const known = config.commands
    .filter(command => !command.hidden)
    .map(command => command.id.replaceAll(':', ' '))
  // The next word is an argument of the unknown command, or the second word of its name.
  const nearest = findNearest(words.slice(0, 2).join(' '), known) ?? findNearest(words[0] ?? '', known)
  throw failure({
    code: 'COMMAND_UNKNOWN',
    message: `\`piko ${words.join(' ')}\` is not a command${nearest ? `; the nearest is \`piko ${nearest}\`` : ''}`,
    hints: ['To see all commands, run `piko help`'],
    kind: 'usage',
  })
}

export default commandNotFound
