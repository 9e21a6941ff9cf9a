export interface Moved {
  readonly service: string
  readonly port: number
  readonly wanted: number
  readonly given: number
  /** As a phrase: "another program". */
  readonly by: string
}
