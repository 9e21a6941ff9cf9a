import { type ErrorDetails, failure, type Failure, type Warning } from './errors.js'

type Code = ErrorDetails['code']

/** By code: what it says, fixed or as a function of named facts. */
export type Entries<Facts, Details> = {
  readonly [Key in keyof Facts]: Omit<Details, 'code'> | ((facts: Facts[Key]) => Omit<Details, 'code'>)
}

/** By code: a function from its facts, if it has any, to the error or warning. */
export type FactTable<Facts, Result> = {
  readonly [Key in Extract<keyof Facts, Code>]: unknown extends Facts[Key]
    ? () => Result
    : (facts: Facts[Key]) => Result
}

type AnyFacts = Readonly<Record<Code, unknown>>

/** The errors of one area: `throw shopErrors.SHOP_ITEM_UNKNOWN({ item })`. */
export function errorTable<Facts extends AnyFacts>(
  entries: Entries<Facts, ErrorDetails>,
): FactTable<Facts, Failure> {
  return toFunctions(Object.entries(entries), failure) as FactTable<Facts, Failure> // the same keys, each now a function
}

/** The warnings of one area. */
export function warningTable<Facts extends AnyFacts>(
  entries: Entries<Facts, Warning>,
): FactTable<Facts, Warning> {
  return toFunctions(Object.entries(entries), warning => warning) as FactTable<Facts, Warning> // as above
}

type Wording = Omit<ErrorDetails & Warning, 'code'>

function toFunctions(
  entries: readonly [string, Wording | ((facts: unknown) => Wording)][],
  make: (details: ErrorDetails & Warning) => unknown,
): unknown {
  return Object.fromEntries(
    entries.map(([code, entry]) => [
      code,
      (facts: unknown) =>
        make({
          code: code as Code, // `AnyFacts` admits no other key
          ...(typeof entry === 'function' ? entry(facts) : entry),
        }),
    ]),
  )
}
