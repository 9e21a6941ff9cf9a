import { visibleText } from '@piko/sdk'
import { clearScreenDown, emitKeypressEvents, moveCursor } from 'node:readline'
import { type Item, type Key, lines, pressed, shown, start } from './choice.js'

/** Lets the user choose an item on the terminal. Undefined if cancelled. */
export function pick(items: readonly Item[]): Promise<string | undefined> {
  const { stdin, stderr } = process
  let choice = start
  let height = 0
  const draw = () => {
    erase(height)
    const rows = lines(items, choice).slice(0, Math.max(2, (stderr.rows || 24) - 1))
    for (const row of rows) stderr.write(`${visibleText(row).slice(0, (stderr.columns || 80) - 1)}\n`)
    height = rows.length
  }
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.resume()
  draw()
  return new Promise(resolve => {
    const end = (name: string | undefined) => {
      stdin.off('keypress', listen)
      stdin.setRawMode(false)
      stdin.pause()
      erase(height)
      resolve(name)
    }
    const listen = (_: unknown, key: Key) => {
      if (key.name === 'escape' || (key.ctrl && (key.name === 'c' || key.name === 'd'))) return end(undefined)
      if (key.name === 'return' || key.name === 'enter') {
        const name = shown(items, choice)[choice.position]?.name
        return name === undefined ? undefined : end(name)
      }
      choice = pressed(items, choice, key)
      draw()
    }
    stdin.on('keypress', listen)
  })
}

function erase(height: number): void {
  if (height > 0) moveCursor(process.stderr, 0, -height)
  clearScreenDown(process.stderr)
}
