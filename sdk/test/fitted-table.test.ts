import { clipped, fittedLines, readTerminal, textWidth } from '@piko/sdk'
import { expect } from 'chai'

describe('fittedLines', () => {
  const columns = [{ title: 'Name' }, { title: 'Branch', gives: 2, least: 6 }, { title: 'Ports', gives: 1 }]
  const row = ['one', 'a-branch-with-a-long-name', 'web:10180 db:10181 cache:10182']

  it('shortens nothing without a width', () => {
    const lines = fittedLines(columns, [row], { width: undefined, colors: false })
    expect(lines).to.deep.equal([
      'NAME  BRANCH                     PORTS',
      'one   a-branch-with-a-long-name  web:10180 db:10181 cache:10182',
    ])
  })

  it('shrinks columns in their order, and no further than their minimum', () => {
    for (const width of [60, 40, 20, 8]) {
      const lines = fittedLines(columns, [row], { width, colors: false })
      for (const line of lines) expect(textWidth(line), `${width}: ${line}`).to.be.at.most(width)
      expect(lines).to.have.length(2)
    }
    const [, narrow = ''] = fittedLines(columns, [row], { width: 44, colors: false })
    expect(narrow).to.equal('one   a-branch-with-a-long-name  web:10180 …')
  })

  it('lets a cell shorten itself, and omits an empty optional column', () => {
    const shorten = (width: number) => (width < 8 ? '+1' : 'web:1 +1')
    const cells = [['one', { text: 'web:1 db:2', shorten }, '']] as const
    const wanted = [{ title: 'A' }, { title: 'B', gives: 1 }, { title: 'C', isOptional: true }]
    expect(fittedLines(wanted, cells, { width: 13, colors: false })).to.deep.equal([
      'A    B',
      'one  web:1 +1',
    ])
  })

  it('colors a cell without counting the color', () => {
    const cells = [[{ text: 'up', color: 'green' as const }, 'x']]
    const [, line] = fittedLines([{ title: 'State' }, { title: 'N' }], cells, { width: 80, colors: true })
    expect(line).to.equal('\u001B[32mup\u001B[39m     x')
  })
})

describe('textWidth', () => {
  it('counts wide characters and emoji as two columns, and combining marks as none', () => {
    expect(['abc', '日本', 'é', 'e\u0301', '🚀', '❤️', '한글', ''].map(textWidth)).to.deep.equal([
      3, 4, 1, 1, 2, 2, 4, 0,
    ])
  })

  it('clips by columns, not by characters', () => {
    expect(clipped('日本語ブランチ', 7)).to.equal('日本語…')
    expect(clipped('e\u0301e\u0301e\u0301', 2)).to.equal('e\u0301…')
    expect(clipped('short', 5)).to.equal('short')
  })
})

describe('readTerminal', () => {
  const before = { ...process.env }
  afterEach(() => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'COLUMNS', 'TERM']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = before[name]
    }
  })
  const stream = (facts: object) => facts as NodeJS.WriteStream
  const read = (facts: object, environment: NodeJS.ProcessEnv) => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'COLUMNS', 'TERM'])
      Reflect.deleteProperty(process.env, name)
    Object.assign(process.env, environment)
    return readTerminal(stream(facts))
  }

  it('reports width and colors on a terminal, and neither in a pipe', () => {
    expect(read({ isTTY: true, columns: 120 }, {})).to.deep.equal({ width: 120, colors: true })
    expect(read({}, { COLUMNS: '70' })).to.deep.equal({ width: undefined, colors: false })
    expect(read({ isTTY: true, columns: 0 }, { COLUMNS: '70' }).width).to.equal(70)
  })

  it('respects NO_COLOR, unless FORCE_COLOR is set', () => {
    expect(read({ isTTY: true, columns: 80 }, { NO_COLOR: '1' }).colors).to.equal(false)
    expect(read({}, { FORCE_COLOR: '1', NO_COLOR: '1' }).colors).to.equal(true)
    expect(read({ isTTY: true, columns: 80 }, { FORCE_COLOR: '0' }).colors).to.equal(false)
    expect(read({ isTTY: true, columns: 80 }, { TERM: 'dumb' }).colors).to.equal(false)
  })
})
