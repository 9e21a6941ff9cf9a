export interface Moved {
  readonly service: string
  readonly port: number
  readonly wanted: number
  readonly given: number
  /** "another program". */
  readonly by: string
}
