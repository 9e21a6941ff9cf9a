import { expect } from 'chai'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { exec } from '#src/system/exec.js'
import { temporaryFolder } from '../../support/temp.js'

async function* bytes(...chunks: readonly string[]): AsyncIterable<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

async function* breaking(): AsyncIterable<Buffer> {
  yield Buffer.from('first\n')
  throw new Error('the source broke')
}

describe('a program between two streams', () => {
  it('reads from one and writes to the other', async function () {
    const file = join(temporaryFolder(this), 'out')
    const lines: string[] = []
    const command = ['-c', 'cat; echo said >&2']
    const options = {
      from: bytes('\0a', 'b'),
      to: createWriteStream(file),
      onLine: (line: string) => lines.push(line),
    }
    const { stdout } = await exec('sh', command, options)
    expect(readFileSync(file, 'latin1')).to.equal('\0ab')
    expect([stdout, lines]).to.deep.equal(['', ['said']])
  })

  it('fails with its own stderr, which goes to no stream', async () => {
    const error = await rejection(
      exec('sh', ['-c', 'echo why >&2; exit 3'], { to: new PassThrough().resume() }),
    )
    expect(error).to.have.nested.property('details.code', 'TOOL_FAILED')
    expect(error).to.have.nested.property('details.details').that.deep.equals(['why'])
  })

  it('is killed when its source fails, instead of seeing an end of file', async () => {
    const error = await rejection(exec('sh', ['-c', 'cat >/dev/null; sleep 60'], { from: breaking() }))
    expect(String(error)).to.contain('the source broke')
  })

  it('is killed when the stream for its output closes', async () => {
    const to = new PassThrough()
    const work = exec('sh', ['-c', 'yes'], { to })
    to.destroy()
    expect(await rejection(work)).to.be.an('error')
  })

  it('may leave part of its stdin unread', async () => {
    const { exitCode } = await exec('sh', ['-c', 'exec 0<&-; exit 0'], { from: bytes('x'.repeat(1_000_000)) })
    expect(exitCode).to.equal(0)
  })
})

async function rejection(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  )
}
