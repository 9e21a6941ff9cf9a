import type { Mounted } from '@piko/sdk'
import { expect } from 'chai'
import { decideDependencies, type Situation } from '#src/environment/dependencies/decide.js'
import { failing } from '../project/failing.js'

const worktree = '/w'
const app: Mounted = { service: 'api', source: '/w', target: '/app', hidden: [] }
const npm = {
  path: 'node_modules',
  manager: 'npm',
  from: 'package-lock.json',
  lock: 'package-lock.json',
  command: 'npm ci',
  bring: 'copy',
  isInMain: true,
} as const
const venv = { ...npm, path: '.venv', manager: 'pip', command: 'pip', bring: 'install' } as const

function decide(situation: Partial<Situation>) {
  const whole = { requested: undefined, links: [], worktree, mounts: [app], found: [npm], ...situation }
  return decideDependencies(whole).map(({ path, how, seen, line }) =>
    [
      path,
      how,
      ...seen.map(({ service, target, isKept }) => `${service}:${target}${isKept ? ' kept' : ''}`),
      line,
    ]
      .filter(Boolean)
      .join(' '),
  )
}

describe('decideDependencies', () => {
  it('copies folders that the main checkout has and a service mounts, unless .piko.yml decides otherwise', () => {
    expect(decide({})).to.deep.equal(['node_modules copied api:/app/node_modules'])
    expect(decide({ mounts: [] })).to.deep.equal([])
    expect(decide({ requested: {} })).to.deep.equal([
      'node_modules absent api:/app/node_modules dependencies: { node_modules: copy }',
    ])
    expect(decide({ found: [{ ...npm, isInMain: false }] })).to.deep.equal([
      'node_modules absent api:/app/node_modules dependencies: { node_modules: install }',
    ])
  })

  it('never copies a virtual environment or a build unless asked to', () => {
    expect(decide({ found: [venv] })).to.deep.equal([
      '.venv absent api:/app/.venv dependencies: { .venv: install }',
    ])
    expect(decide({ found: [{ ...npm, path: 'target', bring: 'build' }] })).to.deep.equal([])
  })

  it('finds the services that mount the folder or a parent of it', () => {
    const mounts = [
      app,
      { service: 'worker', source: '/w/apps/api', target: '/srv', hidden: [] },
      { service: 'task', source: '/w/apps/api/node_modules', target: '/lib', hidden: [] },
    ]
    expect(decide({ mounts, found: [{ ...npm, path: 'apps/api/node_modules' }] })).to.deep.equal([
      'apps/api/node_modules copied api:/app/apps/api/node_modules worker:/srv/node_modules task:/lib',
    ])
  })

  it('skips a folder that a service mounts something over', () => {
    const hidden = (target: string, isKept = false) => [{ ...app, hidden: [{ target, isKept }] }]
    expect(decide({ mounts: hidden('/app/node_modules') })).to.deep.equal([])
    expect(decide({ mounts: hidden('/app/node') })).to.have.length(1)
    const requested = { node_modules: 'install' } as const
    expect(decide({ requested, mounts: hidden('/app/node_modules') })).to.deep.equal([
      'node_modules installed api:/app/node_modules',
    ])
    expect(decide({ requested, mounts: hidden('/app/node_modules', true) })).to.deep.equal([
      'node_modules installed api:/app/node_modules kept',
    ])
  })

  it('links only folders that no container mounts', () => {
    const links = ['node_modules', 'cache']
    const mounts = [{ ...app, source: '/w/node_modules' }]
    expect(decide({ links, mounts, found: [] })).to.deep.equal([
      'cache linked',
      'node_modules copied api:/app',
    ])
  })

  it('lists the installing service first, and takes the command from the lock file', () => {
    const mounts = [app, { ...app, service: 'worker' }]
    const requested = { 'node_modules/': { install: 'npm ci', service: 'worker' } }
    expect(decide({ requested, mounts })).to.deep.equal([
      'node_modules installed worker:/app/node_modules api:/app/node_modules',
    ])
  })

  it('reports what it cannot detect', async () => {
    const unclear = await failing(() => Promise.resolve(decide({ requested: { lib: 'install' } })))
    expect(unclear.code).to.equal('DEPENDENCIES_UNCLEAR')
    const requested = { node_modules: { install: 'npm ci', service: 'web' } }
    const unknown = await failing(() => Promise.resolve(decide({ requested })))
    expect(unknown.code).to.equal('DEPENDENCIES_SERVICE_UNKNOWN')
    expect(unknown.message).to.contain('those that do are api')
  })
})
