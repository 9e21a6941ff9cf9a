import { expect } from 'chai'
import type { Container } from '#compose/engine/containers.js'
import { firstSeen, type History, seenAgain } from '#compose/readiness/history.js'
import { judgeAll, type Situation, type Verdict } from '#compose/readiness/judge.js'

const start = Date.parse('2026-01-01T00:00:00Z')

function container(state: Partial<Container>): Container {
  return {
    id: 'a',
    name: 'p-a-1',
    project: 'p',
    service: 'a',
    replica: 1,
    isOneOff: false,
    status: 'running',
    exitCode: 0,
    startedAt: new Date(start).toISOString(),
    health: 'none',
    healthCheck: undefined,
    restarts: 0,
    image: 'i',
    imageId: 'sha256:i',
    labels: {},
    variables: {},
    mounts: [],
    networks: new Map(),
    ...state,
  }
}

/** A container's state at some second of the watch; a restart starts it at that time. */
interface Moment extends Partial<Container> {
  readonly at: number
}

interface Story {
  readonly moments: readonly Moment[]
  /** Its state before the watch started, if it existed. */
  readonly before?: Partial<Container>
}

/** The verdict on each container after the last event of its story; times are seconds since the watch started. */
function verdicts(stories: readonly Story[], situation: Partial<Situation> = {}): readonly Verdict[] {
  const readyAfter = situation.readyAfter ?? 5
  const watched = stories.map(({ moments, before }, index) => {
    let history: History | undefined
    let last = container({})
    if (before) history = firstSeen(container(before), { now: 0, engineNow: start })
    for (const { at, ...state } of moments) {
      const now = at * 1000
      last = container({ id: String(index), service: `s${index}`, ...state })
      history = history
        ? seenAgain(history, last, { now, readyAfter })
        : firstSeen(last, { now, engineNow: undefined })
    }
    return { container: last, history: history ?? firstSeen(last, { now: 0, engineNow: undefined }) }
  })
  const now = 1000 * Math.max(0, ...stories.flatMap(({ moments }) => moments.map(({ at }) => at)))
  const rest = { now, readyAfter, isStarting: false, awaited: new Set<string>(), ...situation }
  return judgeAll(watched, rest).map(({ verdict }) => verdict)
}

function verdict(story: Story, situation: Partial<Situation> = {}): Verdict {
  const [first] = verdicts([story], situation)
  if (!first) throw new Error('no verdict')
  return first
}

const startOf = (count: number) => new Date(start + count).toISOString()
const restarted = (count: number) => ({ restarts: count, startedAt: startOf(count) })
/** Docker counts a restart before the pause that precedes it. */
const down = (count: number, code = 1) => ({
  restarts: count,
  startedAt: startOf(count - 1),
  status: 'restarting',
  exitCode: code,
})
/** Docker's pauses double from a tenth of a second. */
const loop: readonly Moment[] = [
  { at: 0 },
  ...[0.1, 0.3, 0.7, 1.5, 3.1, 6.3].map((at, index) => ({ at, ...down(index + 1) })),
]

describe('compose: the judgement of a container', () => {
  it('is ready after it stayed up for the configured time, from its own start', () => {
    const early = verdict({ moments: [{ at: 0 }, { at: 4.9 }] })
    expect(early).to.deep.equal({ state: 'waiting', how: 'has been up for less than 5 s', isUp: true })
    expect(verdict({ moments: [{ at: 0 }, { at: 5 }] }).state).to.equal('ready')
    expect(verdict({ moments: [{ at: 3 }, { at: 7.9 }] }).state).to.equal('waiting')
    expect(verdict({ moments: [{ at: 0 }] }, { readyAfter: 0 }).state).to.equal('ready')
  })

  it("is ready at once if it has been up for longer, by the engine's clock", () => {
    const up = (seconds: number) => ({ startedAt: new Date(start - seconds * 1000).toISOString() })
    const unchanged = (seconds: number) => ({ before: up(seconds), moments: [{ at: 0.2, ...up(seconds) }] })
    expect(verdict(unchanged(60)).state).to.equal('ready')
    expect(verdict(unchanged(3)).state).to.equal('waiting')
  })

  it('must stay up again after each restart', () => {
    const moments = [{ at: 0 }, { at: 4, ...down(1) }, { at: 4.1, ...restarted(1) }]
    const soon = verdict({ moments: [...moments, { at: 9, ...restarted(1) }] })
    expect(soon).to.deep.include({
      state: 'waiting',
      how: 'has been up for less than 5 s since its last restart (1 restart)',
    })
    expect(verdict({ moments: [...moments, { at: 9.1, ...restarted(1) }] }).state).to.equal('ready')
  })

  it('becomes ready after one or two restarts, however long they took', () => {
    const moments = [
      { at: 0 },
      { at: 8, ...down(1) },
      { at: 8.1, ...restarted(1) },
      { at: 17, ...down(2) },
      { at: 17.2, ...restarted(2) },
    ]
    expect(verdict({ moments }).state).to.equal('waiting')
    expect(verdict({ moments: [...moments, { at: 22.2, ...restarted(2) }] }).state).to.equal('ready')
  })

  it('is a crash loop after ten seconds of restarts', () => {
    expect(verdict({ moments: loop }).state).to.equal('waiting')
    expect(verdict({ moments: [...loop, { at: 10.2, ...down(6) }] })).to.deep.equal({
      state: 'failed',
      how: 'is in a crash loop: exit code 1, 6 restarts in 10 s',
      isLoop: true,
    })
  })

  it('is a crash loop even if it always exits with 0', () => {
    const moments = [...loop.map(moment => ({ ...moment, exitCode: 0 })), { at: 10.2, ...down(6, 0) }]
    expect(verdict({ moments })).to.deep.include({ state: 'failed' })
  })

  it('is not a crash loop yet while another service is still starting', () => {
    const late = { moments: [...loop, { at: 20, ...down(7) }] }
    const database = { moments: [{ at: 0 }, { at: 20, health: 'starting' }] }
    expect(verdicts([late, database])[0]?.state).to.equal('waiting')
    expect(verdicts([late, { moments: [{ at: 0 }, { at: 20 }] }])[0]?.state).to.equal('failed')
    const longer = { moments: [...loop, { at: 61, ...down(8) }] }
    expect(verdicts([longer, database])[0]?.state).to.equal('failed')
  })

  it('waits for a migration that another service depends on', () => {
    const migration = { moments: [{ at: 0 }, { at: 30 }] }
    const seen = verdict(migration, { isStarting: true, awaited: new Set(['s0']) })
    expect(seen).to.deep.include({ state: 'waiting', how: 'has not ended yet' })
  })

  it('recognizes a crash loop that started earlier', () => {
    const old = { ...down(9), startedAt: new Date(start - 30_000).toISOString() }
    const story = (at: number) => ({ before: old, moments: [{ at, ...old }] })
    expect(verdict(story(1)).state).to.equal('waiting')
    expect(verdict(story(10)).state).to.equal('failed')
    // It was started again by hand and stays up.
    expect(
      verdict({
        before: old,
        moments: [
          { at: 1, startedAt: 'now' },
          { at: 6, startedAt: 'now' },
        ],
      }).state,
    ).to.equal('ready')
  })

  it('forgets restarts after it stayed up for ten seconds, as Docker does', () => {
    const moments = [
      ...loop.slice(0, 4),
      { at: 1, ...restarted(3) },
      { at: 20, ...restarted(3) },
      { at: 21, ...down(4) },
    ]
    expect(verdict({ moments }).state).to.equal('waiting')
  })

  it('fails with an exit code other than 0, and is done with 0', () => {
    const exited = (exitCode: number) => ({ moments: [{ at: 0 }, { at: 1, status: 'exited', exitCode }] })
    expect(verdict(exited(3))).to.deep.include({ state: 'failed', how: 'exited with code 3' })
    expect(verdict(exited(0))).to.deep.equal({ state: 'ended' })
    const tried = { moments: [{ at: 0 }, { at: 1, ...restarted(2), status: 'exited', exitCode: 3 }] }
    expect(verdict(tried)).to.deep.include({ state: 'failed', how: 'exited with code 3 after 2 restarts' })
  })

  it('is not judged by leftovers of an earlier run before Compose has acted', () => {
    const left = { startedAt: new Date(start - 60_000).toISOString(), status: 'exited', exitCode: 3 }
    const story = { before: left, moments: [{ at: 1, ...left }] }
    expect(verdict(story, { isStarting: true }).state).to.equal('waiting')
    expect(verdict(story).state).to.equal('failed')
    const ill = { startedAt: left.startedAt, health: 'unhealthy' }
    const sick = { before: ill, moments: [{ at: 1, ...ill }] }
    expect(verdict(sick, { isStarting: true }).state).to.not.equal('failed')
    expect(verdict(sick)).to.deep.include({ state: 'failed', how: 'is unhealthy' })
  })
})
