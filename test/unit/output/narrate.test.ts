import { expect } from 'chai'
import { PassThrough } from 'node:stream'
import type { Narrator } from '#src/lifecycle/narrator.js'
import { fitLine } from '#src/output/fit.js'
import { narrateOn } from '#src/output/narrate.js'

/** A stream like Node's stderr that records what was written to it. */
function stderr(terminal?: { readonly columns: number }) {
  const stream = new PassThrough()
  let text = ''
  stream.on('data', chunk => (text += String(chunk)))
  Object.assign(stream, terminal ? { ...terminal, isTTY: true, hasColors: () => false } : {})
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text } // the part that narrators use
}

const steps = [
  { id: 'a:one', title: 'Reserving names', group: 'Creating the worktree' },
  { id: 'a:two', title: 'Checking out', group: 'Creating the worktree' },
  { id: 'b:idle', title: 'Looking for changes', group: 'Preparing' },
  { id: 'c:up', title: 'Starting containers', group: 'Starting services' },
]

async function runSteps(narrator: Narrator, last: 'done' | 'failed'): Promise<void> {
  narrator.begin(steps)
  for (const [id, outcome] of [
    ['a:one', 'done'],
    ['a:two', 'done'],
    ['b:idle', 'skipped'],
    ['c:up', last],
  ] as const) {
    narrator.start(id)
    narrator.progress(id, `output of ${id}`)
    narrator.progress(id, '625f9e7ffb134712ac28dc74affe95f57506a37a61f00feae1cbfd2339dd34e7')
    narrator.done(id, outcome)
  }
  await narrator.end()
}

describe('progress', () => {
  it('through a pipe is one line for each group that did something, printed when it ends', async () => {
    const { stream, text } = stderr()
    await runSteps(narrateOn(stream), 'done')
    expect(text()).to.equal('✔ Creating the worktree\n✔ Starting services\n')
  })

  it('through a pipe leaves no group open if a step fails', async () => {
    const { stream, text } = stderr()
    await runSteps(narrateOn(stream), 'failed')
    expect(text()).to.equal('✔ Creating the worktree\n✖ Starting services\n')
  })

  it('with --verbose shows every step and its output, except lines that are only an id', async () => {
    const { stream, text } = stderr()
    await runSteps(narrateOn(stream, { verbose: true }), 'done')
    expect(text().split('\n').slice(0, 3)).to.deep.equal([
      '❯ Reserving names (a:one)',
      '› output of a:one',
      '✔ Reserving names',
    ])
    expect(text()).to.contain('↓ Looking for changes: nothing to do').and.not.contain('625f9e')
  })

  it('on a terminal disappears on success, and stays after a failure', async () => {
    const well = stderr({ columns: 80 })
    await runSteps(narrateOn(well.stream), 'done')
    expect(well.text()).to.contain('Starting services')
    expect(well.text()).not.to.match(/✔ Starting services\n$/)
    const badly = stderr({ columns: 80 })
    await runSteps(narrateOn(badly.stream), 'failed')
    expect(badly.text()).to.match(/✔ Creating the worktree\n✖ Starting services\n$/)
  })

  it('on a terminal survives output that arrives after its step ended', async () => {
    const { stream } = stderr({ columns: 80 })
    const narrator = narrateOn(stream)
    narrator.begin(steps)
    for (const { id } of steps) narrator.start(id)
    for (const { id } of steps) narrator.done(id, 'done')
    await new Promise(resolve => setImmediate(resolve))
    for (const { id } of steps) narrator.progress(id, 'late')
    await narrator.end()
    narrator.progress('a:one', 'later still')
  })

  it('cuts a line to the width, and drops colors, control characters and blank lines', () => {
    expect(fitLine('\u001B[31mapi: listening\u001B[0m', 80)).to.equal('api: listening')
    expect(fitLine('a long line of a log', 10)).to.equal('a long li…')
    expect(fitLine('日本語のログ', 7)).to.equal('日本語…')
    expect(fitLine('10 %\r50 %\r', 80)).to.equal('50 %')
    expect(fitLine('  \t', 80)).to.equal(undefined)
  })
})
