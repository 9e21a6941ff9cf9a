/** A line of `piko doctor`. */
export interface Finding {
  readonly title: string
  readonly ok: boolean
  readonly says?: string
  readonly hints: readonly string[]
}
