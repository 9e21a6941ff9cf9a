import { writeFileSync } from 'node:fs'
import type { Context, RootHookObject } from 'mocha'

let started = 0

/** Notes beside each compiled test file how long it took: `.mocharc.cjs` begins with the longest. */
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
