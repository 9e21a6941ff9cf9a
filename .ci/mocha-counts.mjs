// mocha's spec reporter that also appends the counts of a run to the file in PIKO_TEST_COUNTS.
import { appendFileSync } from 'node:fs'
import Mocha from 'mocha'

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => this.appendCounts())
  }

  appendCounts() {
    const { passes, failures } = this.stats
    appendFileSync(process.env.PIKO_TEST_COUNTS, `${passes} passed, ${failures} failed\n`)
  }
}
