import type { Failure } from '@piko/sdk'
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLSeq,
} from 'yaml'
import { projectErrors } from '../errors/project.js'
import { type Path, type PlacedProblem, problemLines } from './problem.js'

interface Position {
  readonly line: number
  readonly column: number
}

/** A parsed `.piko.yml`: a mapping without cycles, and the position of each key. */
export interface ConfigDocument {
  /** The name that the user knows: `.piko.yml`. */
  readonly file: string
  /** Empty if the file is empty or absent. */
  readonly value: Readonly<Record<string, unknown>>
  /** The position of the key or list item at `path`, or of its nearest existing parent. */
  positionOf(path: Path): Position
}

/** Throws `CONFIG_INVALID`, with the position of each problem, if the text is not a YAML mapping. */
export function parseConfig(text: string, file: string): ConfigDocument {
  const lines = new LineCounter()
  const yaml = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'error',
  })
  const placed = (offset: number, message: string) => ({ ...positionAt(lines, offset), path: '', message })
  const problems = [...syntaxProblems(yaml, placed), ...aliasProblems(yaml, placed)]
  if (problems.length > 0) throw invalid(file, problems)
  return {
    file,
    value: mappingOf(yaml, { file, placed }),
    positionOf: path => positionAt(lines, offsetOf(yaml, path)),
  }
}

type PlaceProblem = (offset: number, message: string) => PlacedProblem

const plainWords: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key occurs twice',
  MULTIPLE_DOCS: 'a second document begins here; piko reads one',
}

function syntaxProblems(yaml: Document, placed: PlaceProblem): PlacedProblem[] {
  const problems = [...yaml.errors, ...yaml.warnings]
  return problems.map(({ code, message, pos }) => placed(pos[0], plainWords[code] ?? message))
}

function aliasProblems(yaml: Document, placed: PlaceProblem): PlacedProblem[] {
  const problems: PlacedProblem[] = []
  visit(yaml, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(yaml)
      const offset = alias.range?.[0] ?? 0
      if (target === undefined)
        problems.push(placed(offset, `no anchor \`&${alias.source}\` precedes this alias`))
      else if (ancestors.includes(target))
        problems.push(placed(offset, `the alias \`*${alias.source}\` contains itself`))
    },
  })
  return problems
}

function mappingOf(
  yaml: Document,
  { file, placed }: { file: string; placed: PlaceProblem },
): Record<string, unknown> {
  const value = plainValue(yaml, { file, placed }) ?? {}
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value }
  const start = yaml.contents?.range?.[0] ?? 0
  throw invalid(file, [placed(start, 'expected a mapping of keys at the top of the file')])
}

/** The only error left to catch here is an alias bomb: `yaml` stops at a hundredfold expansion. */
function plainValue(yaml: Document, { file, placed }: { file: string; placed: PlaceProblem }): unknown {
  try {
    return yaml.toJS()
  } catch {
    let last = 0
    visit(yaml, { Alias: (_, alias) => void (last = alias.range?.[0] ?? last) })
    throw invalid(file, [placed(last, 'the aliases up to here expand to too much')])
  }
}

function invalid(file: string, problems: readonly PlacedProblem[]): Failure {
  return projectErrors.CONFIG_INVALID({ file, problems: problemLines(file, problems) })
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset)
  // Empty text has no line.
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function offsetOf(yaml: Document, path: Path): number {
  let offset = yaml.contents?.range?.[0] ?? 0
  let node: unknown = yaml.contents
  for (const segment of path) {
    const next = stepInto(isAlias(node) ? node.resolve(yaml) : node, segment)
    if (next === undefined) return offset
    offset = next.label.range?.[0] ?? offset
    node = next.content
  }
  return offset
}

/** Finds an item by index or by text. */
function itemOf({ items }: YAMLSeq, segment: string | number): unknown {
  if (typeof segment === 'number') return items[segment]
  return items.find(item => isScalar(item) && item.value === segment) ?? items[Number(segment)]
}

/** The node whose position counts, and the node to descend into: a pair's key and value, or a list item for both. */
function stepInto(node: unknown, segment: string | number): { label: Node; content: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(segment))
    return pair && isNode(pair.key) ? { label: pair.key, content: pair.value } : undefined
  }
  const item = isSeq(node) ? itemOf(node, segment) : undefined
  return isNode(item) ? { label: item, content: item } : undefined
}
