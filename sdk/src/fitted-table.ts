import { type Color, painted, type Terminal } from './terminal.js'
import { clipped, textWidth } from './text-width.js'
import { visibleText } from './visible-text.js'

export interface Column {
  readonly title: string
  /** Order in which columns shrink on a narrow terminal, lowest first. A column without it keeps its width. */
  readonly gives?: number
  /** Minimum width. Default: the width of its title. */
  readonly least?: number
  /** Omitted if all its cells are empty. */
  readonly isOptional?: boolean
}

/** A text, optionally with a color and its own way of shortening. */
export type TableCell =
  string | { readonly text: string; readonly color?: Color; readonly shorten?: (width: number) => string }

/**
 * Formats rows as columns that fit the terminal: columns shrink in their order, then lines are cut; no row wraps.
 * Without a width nothing is shortened. No rows give no lines.
 */
export function fittedLines(
  wanted: readonly Column[],
  all: readonly (readonly TableCell[])[],
  terminal: Terminal,
): readonly string[] {
  if (all.length === 0) return []
  const isKept = wanted.map(({ isOptional }, at) => !isOptional || all.some(row => textOf(row[at]) !== ''))
  const columns = wanted.filter((_, at) => isKept[at])
  const rows = all.map(row => row.filter((_, at) => isKept[at]))
  const titles = columns.map(({ title }) => title.toUpperCase())
  const widths = fittedWidths(
    columns,
    columns.map((_, at) => Math.max(...[titles, ...rows].map(line => textWidth(textOf(line[at]))))),
    terminal.width,
  )
  return [titles, ...rows].map(line => lineOf(line, widths, terminal))
}

function fittedWidths(
  columns: readonly Column[],
  natural: readonly number[],
  width: number | undefined,
): readonly number[] {
  const widths = [...natural]
  if (width === undefined) return widths
  const order = columns
    .map(({ gives, least, title }, at) => ({ at, gives, least: least ?? title.length }))
    .filter(({ gives }) => gives !== undefined)
    .sort((a, b) => (a.gives ?? 0) - (b.gives ?? 0))
  for (const { at, least } of order) {
    const excess = total(widths) - width
    const own = widths[at] ?? 0
    if (excess > 0) widths[at] = Math.max(Math.min(own, least), own - excess)
  }
  return widths
}

const gap = '  '

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1)
}

function lineOf(cells: readonly TableCell[], widths: readonly number[], { width, colors }: Terminal): string {
  let room = width ?? Infinity
  const last = cells.findLastIndex(cell => textOf(cell) !== '')
  const parts: string[] = []
  for (const [at, cell] of cells.slice(0, last + 1).entries()) {
    const most = Math.min(widths[at] ?? 0, room)
    if (most <= 0) break
    const text = shortened(cell, most)
    const padding = at === last ? '' : ' '.repeat(Math.max(0, Math.min(most, room) - textWidth(text)))
    const color = typeof cell === 'string' ? undefined : cell.color
    parts.push((colors && color ? painted(text, color) : text) + padding)
    room -= most + gap.length
  }
  return parts.join(gap).trimEnd()
}

function shortened(cell: TableCell, width: number): string {
  const text = textOf(cell)
  if (textWidth(text) <= width) return text
  const own = typeof cell === 'string' ? undefined : cell.shorten?.(width)
  return clipped(own === undefined ? text : visibleText(own), width)
}

function textOf(cell: TableCell | undefined): string {
  return visibleText(typeof cell === 'string' ? cell : (cell?.text ?? ''))
}
