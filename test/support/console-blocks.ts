/** One command of a console block and the output that the page shows. */
export interface ShownCommand {
  readonly line: number
  readonly command: string
  readonly expected: readonly string[]
}

/** A fenced block of a page whose info string begins with `console`; with `console engine` it needs Docker. */
interface ConsoleBlock {
  readonly line: number
  readonly needsEngine: boolean
  readonly commands: readonly ShownCommand[]
}

/** A page's console blocks, and its words that vary between runs. */
export interface ConsolePage {
  readonly blocks: readonly ConsoleBlock[]
  readonly varying: readonly string[]
}

/**
 * Reads a page. `<!-- console varies: 10180 10132 -->` lists words that stand for the run's own values, the same
 * throughout the page.
 */
export function parsePage(markdown: string): ConsolePage {
  const varying = [...markdown.matchAll(/^<!-- console varies: (.+) -->$/gm)].flatMap(([, words = '']) =>
    words.split(' '),
  )
  const fences = markdown.matchAll(/^```console( engine)?\n([^]*?)^```$/gm)
  const blocks = [...fences].map(({ 1: engine, 2: body = '', index }) => {
    const line = markdown.slice(0, index).split('\n').length
    const commands = parseCommands(body.split('\n').slice(0, -1), line + 1)
    return { line, needsEngine: engine !== undefined, commands }
  })
  return { blocks, varying }
}

/** A command follows `$ `; lines after `> ` continue it. */
function parseCommands(lines: readonly string[], firstLine: number): readonly ShownCommand[] {
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []))
  if (starts[0] !== 0) throw new Error(`Line ${firstLine}: a console block begins with a command, \`$ …\``)
  return starts.map((start, index) => {
    const own = lines.slice(start, starts[index + 1] ?? lines.length)
    const { length } = [own[0], ...takeWhile(own.slice(1), line => line.startsWith('> '))]
    return {
      line: firstLine + start,
      command: own
        .slice(0, length)
        .map(line => line.slice(2))
        .join('\n'),
      expected: own.slice(length),
    }
  })
}

function takeWhile<Item>(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const end = items.findIndex(item => !fits(item))
  return end < 0 ? items : items.slice(0, end)
}
