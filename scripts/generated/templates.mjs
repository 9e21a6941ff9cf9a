// Reads the text of an expression without running it: what is known stands there, what only the case at hand knows becomes a
// placeholder `<name>`.
import ts from 'typescript'

/** The constants and functions that a node can see, by name: those of its functions, then those of its file. */
export function readScope(node) {
  const scope = new Map()
  for (let at = node; at !== undefined; at = at.parent) {
    if (!ts.isBlock(at) && !ts.isSourceFile(at)) continue
    for (const [name, value] of at.statements.flatMap(definitionsOf)) {
      if (!scope.has(name)) scope.set(name, value)
    }
  }
  return scope
}

export function textOf(node, scope) {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (text, span) => text + textOf(span.expression, scope) + span.literal.text,
      node.head.text,
    )
  }
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textOf(node.expression, scope)
  if (ts.isConditionalExpression(node)) return eitherText(node, scope)
  if (ts.isBinaryExpression(node)) return textOf(node.left, scope)
  if (ts.isPropertyAccessExpression(node)) return `<${node.name.text}>`
  if (ts.isElementAccessExpression(node)) return textOf(node.expression, scope)
  if (ts.isCallExpression(node)) return callText(node, scope)
  if (ts.isIdentifier(node)) return identifierText(node, scope)
  return '…'
}

/** The codes that an expression can come to. */
export function codesOf(node, scope) {
  if (ts.isConditionalExpression(node)) {
    return [...codesOf(node.whenTrue, scope), ...codesOf(node.whenFalse, scope)]
  }
  return [textOf(node, scope)]
}

/** Every hint that an expression can hold; those that are another error's are left out. */
export function hintsOf(node, scope) {
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(element => hintsOf(element, scope))
  if (ts.isSpreadElement(node) || ts.isParenthesizedExpression(node)) return hintsOf(node.expression, scope)
  if (ts.isConditionalExpression(node)) {
    return [...hintsOf(node.whenTrue, scope), ...hintsOf(node.whenFalse, scope)]
  }
  if (ts.isIdentifier(node)) return scope.has(node.text) ? hintsOf(scope.get(node.text), scope) : []
  const text = ts.isNewExpression(node) ? '' : textOf(node, scope)
  return text === '' || isPlaceholder(text) ? [] : [text]
}

function isPlaceholder(text) {
  return /^<[^<>]*>$/.test(text)
}

function eitherText({ whenTrue, whenFalse }, scope) {
  const [one, other] = [textOf(whenTrue, scope), textOf(whenFalse, scope)]
  if (one === other || [one, other].every(isPlaceholder)) return one
  if (one === '' || other === '') return `[${one}${other}]`
  return `(${one} / ${other})`
}

/** `list.join(', ')` and `shellWord(path)` stand for what they are given; a function of the catalogue for what it returns. */
function callText({ expression, arguments: given }, scope) {
  if (ts.isPropertyAccessExpression(expression)) {
    const { expression: receiver, name } = expression
    if (ts.isIdentifier(receiver) && /^[A-Z]/.test(receiver.text)) return textOf(given.at(-1), scope) // JSON.stringify(x)
    return name.text === 'map' || !ts.isCallExpression(receiver)
      ? textOf(receiver, scope)
      : callText(receiver, scope)
  }
  const body = scope.get(expression.text)
  if (body !== undefined && isText(body)) return textOf(body, scope)
  return given.length > 0 ? textOf(given[0], scope) : '…'
}

function identifierText({ text }, scope) {
  const value = scope.get(text)
  return value !== undefined && isText(value) ? textOf(value, scope) : `<${text}>`
}

function isText(node) {
  if (ts.isConditionalExpression(node)) return isText(node.whenTrue) || isText(node.whenFalse)
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}

function definitionsOf(statement) {
  if (ts.isFunctionDeclaration(statement)) {
    const body = returnedBy(statement.body)
    return body ? [[statement.name.text, body]] : []
  }
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
    if (!ts.isIdentifier(name) || initializer === undefined) return []
    return [[name.text, ts.isArrowFunction(initializer) ? initializer.body : initializer]]
  })
}

/** What a function of one statement returns. */
function returnedBy(block) {
  const [only, ...others] = block?.statements ?? []
  return only && others.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined
}
