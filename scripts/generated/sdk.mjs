// docs/reference/sdk.md: all exports of @piko/sdk with docstring and signature, as declared by the compiler.
import { basename, join, relative } from 'node:path'
import { format, resolveConfig } from 'prettier'
import ts from 'typescript'
import { fence, page } from './markdown.mjs'
import { ROOT } from './packages.mjs'

const SOURCES = join(ROOT, 'sdk/src')

const entries = [
  ['@piko/sdk', 'index.ts', 'What a plugin is made of.'],
  ['@piko/sdk/command', 'command.ts', "What a plugin's commands extend; it needs `@oclif/core` beside it."],
  ['@piko/sdk/testing', 'testing/index.ts', "For a plugin's own tests."],
]

/** The most important files first; other files follow. */
const order = [
  'plugin',
  'step',
  'context',
  'environment',
  'config',
  'contributions',
  'slots',
  'tables',
  'tools',
  'errors',
]

export async function sdkPage() {
  const program = ts.createProgram(
    entries.map(([, file]) => join(SOURCES, file)),
    compilerOptions(),
  )
  const declarations = declare(program)
  const style = { ...(await resolveConfig(join(SOURCES, 'index.ts'))), parser: 'typescript' }
  const blocks = []
  for (const [name, file, says] of entries) {
    blocks.push(`## ${name}`, says)
    for (const symbol of exportsOf(program, join(SOURCES, file))) {
      const { docs, signature } = readSymbol(symbol, declarations)
      blocks.push(`### ${symbol.name}`, ...docs, fence([(await format(signature, style)).trimEnd()], 'ts'))
    }
  }
  return page('The SDK', [
    'The contract between piko and its plugins. [Writing a plugin](../guide/writing-a-plugin.md) shows it at work.',
    ...blocks,
  ])
}

export function compilerOptions() {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT)
  return { ...options, composite: false, emitDeclarationOnly: true, outDir: SOURCES }
}

/** The declarations that the compiler would emit, by source file, without writing them. */
function declare(program) {
  const files = new Map()
  const keep = (path, text, _, __, sources) => {
    const source = sources?.[0]?.fileName
    if (source) files.set(source, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  }
  program.emit(undefined, keep, undefined, true)
  return files
}

/** In the order of `order`; within a file, in the compiler's order. */
function exportsOf(program, file) {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(file))
  return checker
    .getExportsOfModule(module)
    .map(symbol => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .sort((one, other) => rankOf(one) - rankOf(other))
}

function rankOf(symbol) {
  const rank = order.indexOf(basename(fileOf(symbol), '.ts'))
  return rank < 0 ? order.length : rank
}

function fileOf(symbol) {
  return symbol.declarations[0].getSourceFile().fileName
}

function readSymbol(symbol, declarations) {
  const source = fileOf(symbol)
  const statements = declarations
    .get(source)
    .statements.filter(statement => nameOf(statement) === symbol.name)
  if (statements.length === 0) throw new Error(`${relative(ROOT, source)}: ${symbol.name} has no declaration`)
  const docs = statements.flatMap(statement => ts.getJSDocCommentsAndTags(statement)).filter(ts.isJSDoc)
  const signatures = statements.map(statement =>
    statement.getText().replace(/^export (default )?(declare )?/, ''),
  )
  return { docs: docs.map(textOf), signature: signatures.join('\n') }
}

function nameOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0].name.getText()
  return statement.name?.getText()
}

function textOf(doc) {
  return (ts.getTextOfJSDocComment(doc.comment) ?? '').trim()
}
