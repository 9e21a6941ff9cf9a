/** A folder that is now elsewhere. Both paths are absolute. */
export interface Move {
  readonly from: string
  readonly to: string
}

/** The new path of a file in a moved folder; any other path as it is. */
export function movedPath(path: string, { from, to }: Move): string {
  return path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path
}

/** Replaces the folder's path wherever it occurs as a whole: `/a` in `/a/b` and `/a:/app`, not in `/ab` or `/x/a`. */
export function movedText(text: string, { from, to }: Move): string {
  if (!text.includes(from)) return text
  const word = from.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return text.replaceAll(new RegExp(String.raw`(?<![\w./-])${word}(?![\w.-])`, 'g'), () => to)
}

/** The same in every string of a JSON text, keys included. */
export function movedJson(json: string, move: Move): string {
  return JSON.stringify(movedValue(JSON.parse(json), move))
}

function movedValue(value: unknown, move: Move): unknown {
  if (typeof value === 'string') return movedText(value, move)
  if (Array.isArray(value)) return value.map(item => movedValue(item, move))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [movedText(key, move), movedValue(item, move)])
  return Object.fromEntries(entries) as unknown
}
