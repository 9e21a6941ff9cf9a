import { z } from 'zod'
import { answerUnreadable } from '../errors.js'

/** Parses the JSON array of `docker … inspect`; nothing found is an empty one. */
export function parseInspected<Item>(
  item: z.ZodType<Item>,
  answer: { readonly stdout: string; readonly command: string },
) {
  try {
    return z.array(item).parse(JSON.parse(answer.stdout === '' ? '[]' : answer.stdout))
  } catch (cause) {
    throw answerUnreadable(answer.command, cause)
  }
}

/** Parses one JSON object a line, as `--format json` gives them. */
export function parseLines<Item>(
  item: z.ZodType<Item>,
  answer: { readonly stdout: string; readonly command: string },
) {
  try {
    return linesOf(answer.stdout).map(line => item.parse(JSON.parse(line)))
  } catch (cause) {
    throw answerUnreadable(answer.command, cause)
  }
}

export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line.trim() !== '')
}
