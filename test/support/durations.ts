import { writeFileSync } from 'node:fs'
import type { Context, RootHookObject } from 'mocha'

let started = 0

/** Records each compiled test file's duration next to it: `.mocharc.cjs` starts the longest first. */
export const mochaHooks: RootHookObject = {
  beforeAll() {
    started = performance.now()
  },
  afterAll(this: Context) {
    const files = new Set(this.test?.parent?.suites.map(({ file }) => file))
    const [file] = files
    if (files.size === 1 && file !== undefined)
      writeFileSync(`${file}.ms`, String(Math.round(performance.now() - started)))
  },
}
