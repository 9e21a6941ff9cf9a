import { type Column, fittedLines, type TableCell, type Terminal } from '@piko/sdk'
import type { ListEntry } from '../environment/list-entry.js'
import type { Live } from '../environment/live.js'
import { ageText } from './age.js'
import { gitMarks } from './git-marks.js'
import { stateColor, stateText } from './state.js'

export interface ListView {
  readonly entries: readonly ListEntry[]
  /** Live data received so far, by entry. Undefined if none is shown. */
  readonly live: ReadonlyMap<ListEntry, Live> | undefined
  /** Whether more live data may arrive. */
  readonly isPending: boolean
  readonly terminal: Terminal
}

/** `piko list` as text: fitted to a terminal, or in full if the output is not one. */
export function listLines(view: ListView): readonly string[] {
  const { entries, live, terminal } = view
  if (entries.length === 0) return ['No environments; to create one, run `piko create my-branch`']
  const titles = [...new Set(entries.flatMap(({ columns }) => Object.keys(columns)))].sort(byImportance)
  const now = Date.now()
  const isNamed = entries.some(({ project }) => project !== undefined)
  const columns: readonly Column[] = [
    ...(isNamed ? [{ title: 'Project', gives: 5, least: 8 }] : []),
    { title: 'Name', gives: 7, least: 10 },
    { title: 'Status', gives: 4, least: 13 },
    { title: 'Branch', gives: 3, least: 8 },
    ...(live ? [{ title: 'Git', isOptional: true }] : []),
    { title: 'Age' },
    ...titles.map(columnOf),
  ]
  const rows = entries.map((entry): readonly TableCell[] => [
    ...(isNamed ? [entry.project?.name ?? ''] : []),
    entry.name,
    statusCell(entry, live?.get(entry)),
    entry.branch,
    ...(live ? [gitCell(live.get(entry), view.isPending)] : []),
    ageText(entry.createdAt, now),
    ...titles.map(title => cellOf(entry, { title, isFitted: terminal.width !== undefined })),
  ])
  return fittedLines(columns, rows, terminal)
}

/** URLs and ports come first: they are needed most. */
function byImportance(one: string, other: string): number {
  const rank = (title: string) => ['URL', 'Ports'].indexOf(title) + 1 || 3
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

function columnOf(title: string): Column {
  if (title === 'URL') return { title, gives: 6, least: 12, isOptional: true }
  return { title, gives: title === 'Ports' ? 2 : 1, isOptional: true }
}

function statusCell({ status }: ListEntry, live: Live | undefined): TableCell {
  const text = stateText(status, live?.real)
  const color = stateColor(status, live?.real)
  return { text, color, shorten: width => (width < text.length ? `${text.split(',')[0] ?? text} !` : text) }
}

function gitCell(live: Live | undefined, isPending: boolean): TableCell {
  if (!live?.git) return { text: isPending ? '…' : '?', color: 'dim' }
  return { text: gitMarks(live.git), color: 'yellow' }
}

/** On a terminal, the URL replaces the ports, which `piko status` lists. */
function cellOf(
  { columns }: ListEntry,
  { title, isFitted }: { readonly title: string; readonly isFitted: boolean },
): TableCell {
  const text = columns[title] ?? ''
  if (title !== 'Ports') return { text, shorten: width => fewerWords(text, width) }
  if (isFitted && columns['URL']) return ''
  return { text, shorten: width => fewerWords(text, width) }
}

/** `web:10180 db:10181 +3`: as many words as fit. The table cuts a single word. */
function fewerWords(text: string, width: number): string {
  const words = text.split(' ')
  for (let kept = words.length - 1; kept > 0; kept--) {
    const shorter = `${words.slice(0, kept).join(' ')} +${words.length - kept}`
    if (shorter.length <= width) return shorter
  }
  return words.length > 1 ? `+${words.length}` : text
}
