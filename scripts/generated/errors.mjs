// docs/reference/errors.md: every error and warning of the tables in `errors/`, as their functions print it for sample facts.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { samplesOf, withNames } from './facts.mjs'
import { code, page, plain, table } from './markdown.mjs'
import { ROOT } from './packages.mjs'
import { compilerOptions } from './sdk.mjs'

export async function errorsPage({ packages, exitCodes }) {
  const sources = packages.map(({ root }) => tableFiles(root))
  const program = ts.createProgram(sources.flat(), compilerOptions())
  const blocks = []
  for (const [index, { owner, root }] of packages.entries()) {
    const errors = []
    for (const file of sources[index]) errors.push(...(await readTables(program, { file, root })))
    if (errors.length === 0) continue
    blocks.push(`## ${owner === 'core' ? 'Core' : `Plugin ${owner}`}`)
    blocks.push(...byCode(errors).flatMap(([name, group]) => errorBlocks(name, { group, exitCodes })))
  }
  return page('Errors', [
    'Every error and warning that piko and its own plugins name, by code. Words in angle brackets stand for what the case at hand has. An error may have several messages; a hint may apply to only some cases. The codes are stable; [exit codes](exit-codes.md) lists what they end with.',
    ...blocks,
  ])
}

function tableFiles(root) {
  const folder = join(root, 'src/errors')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map(name => join(folder, name))
}

/** `{name, file, cases}` for each code. A case is an error or warning for some facts. */
async function readTables(program, { file, root }) {
  const checker = program.getTypeChecker()
  const built = await import(
    join(root, 'dist/errors', relative(join(root, 'src/errors'), file).replace(/ts$/, 'js'))
  )
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)))
  return exported
    .filter(({ name }) => typeof built[name] === 'object')
    .flatMap(symbol =>
      checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)).map(entry => ({
        name: entry.name,
        file,
        cases: samplesOf(checker, entry).map(facts => built[symbol.name][entry.name](facts)),
      })),
    )
}

function byCode(errors) {
  const groups = new Map()
  for (const error of errors) groups.set(error.name, [...(groups.get(error.name) ?? []), error])
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}

function errorBlocks(name, { group, exitCodes }) {
  const rows = group.flatMap(({ file, cases }) =>
    unique(cases.map(({ message }) => withNames(message))).map(message => [
      plain(message),
      exitText(cases[0], exitCodes),
      code(relative(ROOT, file)),
    ]),
  )
  const hints = group.flatMap(({ cases }) => cases.flatMap(one => (one.details ?? one).hints ?? []))
  return [
    `### ${name}`,
    table(['message', 'exit', 'table'], rows),
    unique(hints.map(withNames).filter(hint => !/^<\w+>$/.test(hint)))
      .map(hint => `- ${plain(hint)}`)
      .join('\n'),
  ]
}

/** Warnings do not affect the exit code. */
function exitText(error, exitCodes) {
  if (!(error instanceof Error)) return 'a warning'
  const { kind = 'state' } = error.details
  return `${exitCodes[kind].code} (${kind})`
}

function unique(texts) {
  return [...new Set(texts)]
}
