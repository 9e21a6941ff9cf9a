// Sample facts for the functions of an error table, made from their types. A fact prints as its name in angle brackets.
import ts from 'typescript'

/** Facts for each case that the types distinguish: the usual one, then those that differ from it in one fact. */
export function samplesOf(checker, entry) {
  const [facts] = checker.getTypeOfSymbol(entry).getCallSignatures()[0].parameters
  return facts === undefined ? [undefined] : valuesOf(checker, checker.getTypeOfSymbol(facts))
}

/** The text with `<name>` for each fact. A list prints like a single item. */
export function withNames(text) {
  return text.replaceAll(/@(\w+)@/g, '<$1>').replaceAll(/(<.+?>\)?)((, | and |; | → | )\1)+/g, '$1')
}

function valuesOf(checker, type, name) {
  if (type.isUnion()) return inOrder(type.types).flatMap(part => valuesOf(checker, part, name))
  if (type.isLiteral()) return [type.value]
  if (type.flags & ts.TypeFlags.BooleanLiteral) return [type.intrinsicName === 'true']
  if (type.flags & ts.TypeFlags.Undefined) return [undefined]
  if (type.flags & ts.TypeFlags.Unknown) return [new Error(sample(name))]
  if (checker.isTupleType(type)) return [checker.getTypeArguments(type).map(() => sample(name))]
  if (checker.isArrayType(type)) return listsOf(valuesOf(checker, checker.getTypeArguments(type)[0], name))
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectsOf(checker, type)
  return [sample(name)]
}

/** Contains nothing that a shell would quote. */
function sample(name) {
  return `@${name}@`
}

/** Optional facts are given in the usual case. */
function inOrder(types) {
  return [...types].sort(
    (one, other) => (one.flags & ts.TypeFlags.Undefined) - (other.flags & ts.TypeFlags.Undefined),
  )
}

/** Lists of one and of two items, since the wording differs. */
function listsOf(values) {
  return [...values.map(value => [value]), [values[0], values[0]]]
}

function objectsOf(checker, type) {
  const facts = checker.getPropertiesOfType(type).map(fact => {
    return [fact.name, valuesOf(checker, checker.getTypeOfSymbol(fact), fact.name)]
  })
  const usual = Object.fromEntries(facts.map(([name, [value]]) => [name, value]))
  const others = facts.flatMap(([name, [, ...values]]) => values.map(value => ({ ...usual, [name]: value })))
  return [usual, ...others]
}
