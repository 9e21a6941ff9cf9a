import type { Dependency } from '@piko/sdk'
import { missingModuleHint } from '#compose/dependencies/hint.js'
import { expect } from 'chai'

function ask(message: string, path: string, how: Dependency['how'] = 'absent') {
  const seen = [{ service: 'api', target: `/app/${path}` }]
  const dependencies: Dependency[] = [{ path, how, seen, ...(how === 'absent' ? { line: 'THE LINE' } : {}) }]
  return missingModuleHint({
    environment: 'a',
    service: 'api',
    lines: ['before', message, 'after'],
    dependencies,
  })
}

// Real messages of Node 20, npm's `sh`, Python 3.11, PHP 8.2, Bundler 2.4 and Go 1.22.
const failures: readonly (readonly [message: string, path: string])[] = [
  ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'pg' imported from /app/server.mjs", 'node_modules'],
  ["Error: Cannot find module 'express'", 'apps/api/node_modules'],
  ['sh: 1: vite: not found', 'node_modules'],
  ["ModuleNotFoundError: No module named 'flask'", '.venv'],
  ['/usr/bin/python3: No module named gunicorn', 'venv'],
  ["PHP Fatal error:  Uncaught Error: Failed opening required '/app/vendor/autoload.php'", 'vendor'],
  ['Could not find rack-3.0.8 in locally installed gems (Bundler::GemNotFound)', 'vendor/bundle'],
  ['go: inconsistent vendoring in /app:', 'vendor'],
]

describe('missingModuleHint', () => {
  for (const [message, path] of failures)
    it(`recognizes: ${message}`, () => {
      const found = ask(message, path)
      expect(found?.explanation).to.equal(`${path} is not in this worktree: git ignores it`)
      expect(found?.hint).to.equal('To provide it, set `THE LINE` in .piko.yml, then run `piko up a`')
    })

  it('says that a copy may lack what the branch needs, or may be for another system', () => {
    expect(ask("Cannot find package 'pg'", 'node_modules', 'copied')?.explanation).to.contain('may lack')
    const foreign = ask('Error: /app/node_modules/x.node: invalid ELF header', 'node_modules', 'copied')
    expect(foreign?.explanation).to.contain('for another system')
    expect(foreign?.hint).to.contain('`dependencies: { node_modules: install }`')
  })

  it('ignores other failures, folders and services', () => {
    expect(ask('connect ECONNREFUSED 127.0.0.1:5432', 'node_modules')).to.equal(undefined)
    expect(ask("Cannot find module './routes.js'", 'node_modules')).to.equal(undefined)
    expect(ask("ModuleNotFoundError: No module named 'flask'", 'node_modules')).to.equal(undefined)
    const facts = { environment: 'a', service: 'api', lines: ["Cannot find package 'pg'"] }
    const elsewhere: Dependency = {
      path: 'node_modules',
      how: 'absent',
      seen: [{ service: 'web', target: '/a' }],
    }
    expect(missingModuleHint({ ...facts, dependencies: [elsewhere] })).to.equal(undefined)
  })
})
