import type { ListEntry } from '#src/environment/list-entry.js'
import type { Live } from '#src/environment/live.js'
import { listLines } from '#src/output/list.js'
import { parseTemplate } from '#src/output/list-format.js'
import { textWidth } from '@piko/sdk'
import { expect } from 'chai'

const createdAt = new Date(Date.now() - 3 * 86_400_000).toISOString()
const entry = (name: string, columns: Readonly<Record<string, string>>): ListEntry => ({
  name,
  branch: `${name}/with-a-branch-name-that-goes-on-and-on-for-ever`,
  status: 'running',
  path: `/work/${name}`,
  url: columns['URL'] ?? null,
  ports: { 'web:80/tcp': 10180, 'db:5432/tcp': 10132 },
  columns,
  createdAt,
})
const ports = 'web:10180 db:10132 cache:10179 mail:10125 search:10192 queue:10156 admin:10181 metrics:10190'

describe('piko list', () => {
  const entries = [
    entry('feature-authentication', { Ports: ports }),
    entry('日本語のブランチ', { Ports: ports, URL: 'http://nihongo.localhost' }),
  ]
  const live = new Map<ListEntry, Live>([
    [
      entries[0] ?? entry('', {}),
      {
        git: { uncommitted: 12, ahead: 3, behind: 1, comparedWith: 'main' },
        real: {
          state: 'partial',
          running: 1,
          wanted: 3,
          unhealthy: ['api'],
          restarts: { api: 7 },
        },
      },
    ],
  ])

  for (const width of [80, 120]) {
    it(`prints one row for each environment at ${width} columns, however long its values are`, () => {
      const lines = listLines({ entries, live, isPending: false, terminal: { width, colors: false } })
      expect(lines).to.have.length(3)
      for (const line of lines) expect(textWidth(line), line).to.be.at.most(width)
      expect(lines[1])
        .to.match(/^feature-auth/)
        .and.contain('running 1/3')
        .and.contain('↑3 ↓1 *12')
    })
  }

  it('prefers the URL to ports on a terminal', () => {
    const [, , second] = listLines({
      entries,
      live: undefined,
      isPending: false,
      terminal: { width: 200, colors: false },
    })
    expect(second).to.contain('http://nihongo.localhost').and.not.contain('10180')
  })

  it('is complete and uncolored in a pipe', () => {
    const view = { entries, live: undefined, isPending: false, terminal: { width: undefined, colors: false } }
    const [, first, second] = listLines(view)
    expect(first).to.contain(ports).and.contain(entries[0]?.branch).and.contain('3d')
    expect(second).to.contain(ports).and.contain('http://nihongo.localhost')
  })

  it('colors the state and flags unhealthy and restarted services', () => {
    const [, first, second] = listLines({
      entries,
      live,
      isPending: true,
      terminal: { width: 300, colors: true },
    })
    expect(first).to.contain('\u001B[31mrunning 1/3, api unhealthy, api restarted 7 times\u001B[39m')
    expect(second).to.contain('\u001B[32mrunning\u001B[39m').and.contain('…')
  })
})

describe('piko list --format', () => {
  const [one] = [entry('one', { Ports: ports, URL: 'http://one.localhost' })]

  it('fills in a template, including live fields', () => {
    const template = parseTemplate(String.raw`{{name}}\t{{ url }} {{ports}} {{age}} +{{ahead}}{{project}}`)
    expect(template.isLive).to.equal(true)
    const git = { uncommitted: 0, ahead: 2, behind: 0, comparedWith: 'main' }
    expect(template.line(one, { git })).to.equal('one\thttp://one.localhost web:10180 db:10132 3d +2')
    expect(parseTemplate('{{name}} {{url}}').isLive).to.equal(false)
  })

  it('refuses an unknown field, and names the known ones', () => {
    expect(() => parseTemplate('{{name}} {{nmae}}')).to.throw('--format has no field nmae')
  })
})
