import List from '../commands/list.js'
import { drawList } from './draw-list.js'
import { type QuickRun, runCommand } from './run-command.js'

export const run: QuickRun = async words =>
  drawList(words) ?? runCommand({ id: 'list', Command: List }, words)
