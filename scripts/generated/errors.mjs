// docs/reference/errors.md: every error of every catalogue (`errors.ts`), read from the sources; nothing is called.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { code, page, plain, table } from './markdown.mjs'
import { ROOT } from './packages.mjs'
import { codesOf, hintsOf, readScope, textOf } from './templates.mjs'

export function errorsPage({ packages, exitCodes }) {
  const blocks = packages.flatMap(({ owner, root }) => {
    const errors = catalogues(join(root, 'src')).flatMap(file => readCatalogue(file, exitCodes))
    if (errors.length === 0) return []
    return [
      `## ${owner === 'core' ? 'Core' : `Plugin ${owner}`}`,
      ...byCode(errors).flatMap(([name, variants]) => errorBlocks(name, { variants, exitCodes })),
    ]
  })
  return page('Errors', [
    'Every error that piko and its own plugins name, by code. Words in angle brackets stand for what the case at hand has; `[…]` is there only in some cases, `(… / …)` is one or the other. The codes are stable; [exit codes](exit-codes.md) has what they end with.',
    ...blocks,
  ])
}

function errorBlocks(name, { variants, exitCodes }) {
  const rows = variants.map(({ message, kind, file }) => [
    plain(message),
    `${exitCodes[kind].code} (${kind})`,
    code(relative(ROOT, file)),
  ])
  const hints = [...new Set(variants.flatMap(variant => variant.hints))]
  return [
    `### ${name}`,
    table(['message', 'exit', 'catalogue'], rows),
    hints.map(hint => `- ${plain(hint)}`).join('\n'),
  ]
}

function byCode(errors) {
  const groups = new Map()
  for (const error of errors) groups.set(error.code, [...(groups.get(error.code) ?? []), error])
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}

function catalogues(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(path => path === 'errors.ts' || path.endsWith('/errors.ts'))
    .sort()
    .map(path => join(folder, path))
}

/** `{code, message, kind, hints, file}` for each object literal that has a code and a message. */
function readCatalogue(file, exitCodes) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const errors = []
  const visit = node => {
    if (ts.isObjectLiteralExpression(node)) errors.push(...readErrors(node, { file, exitCodes }))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return errors
}

function readErrors(node, { file, exitCodes }) {
  const fields = fieldsOf(node)
  if (!fields.has('code') || !fields.has('message')) return []
  const scope = readScope(node)
  const kind = fields.has('kind') ? textOf(fields.get('kind'), scope) : 'state'
  if (!(kind in exitCodes)) throw new Error(`${file}: ${node.getText()} has no kind that can be read`)
  const message = textOf(fields.get('message'), scope)
  const hints = fields.has('hints') ? hintsOf(fields.get('hints'), scope) : []
  return codesOf(fields.get('code'), scope).map(name => ({ code: name, message, kind, hints, file }))
}

function fieldsOf(node) {
  const named = node.properties.filter(property => property.name !== undefined)
  return new Map(
    named.map(property => [
      property.name.text,
      ts.isPropertyAssignment(property) ? property.initializer : property.name,
    ]),
  )
}
