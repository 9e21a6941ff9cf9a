import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { requireTool } from '../../support/require-tool.js'
import type { ScratchProject } from '../../support/scratch-project.js'
import { makeProjectOfMany, plain, push } from '../../support/strangers.js'

/** Whoever opens a FIFO waits for a writer, so a command that ends has not opened it. */
async function makeTrap({ folder, run }: ScratchProject): Promise<string> {
  const trap = join(folder, 'outside')
  await run('mkfifo', trap)
  return trap
}

const web = plain['compose.yaml'] ?? ''

describe('until a branch is approved', () => {
  let project: ScratchProject
  before(function () {
    requireTool(this, 'docker')
  })
  beforeEach(async () => (project = await makeProjectOfMany()))
  afterEach(() => project.dispose())

  const expectRefusal = async (files: Readonly<Record<string, string>>, says: string) => {
    await push(project, { branch: 'review-me', files })
    const { exitCode, stderr } = await project.piko('create', 'review-me', '--no-start')
    expect(exitCode, stderr).to.equal(5)
    expect(stderr).to.contain(says)
    expect(await project.pikoWell('create', 'review-me', '--no-start', '--dry-run')).to.contain(says)
    return stderr
  }

  it('no env file outside its worktree is read, and everything else is listed', async () => {
    const trap = await makeTrap(project)
    const files = { 'compose.yaml': `${web}    privileged: true\n    env_file: ${trap}\n` }
    const stderr = await expectRefusal(files, `Service web reads the env file ${trap}`)
    expect(stderr).to.contain('Service web is privileged')
  })

  it('no label file, included, extended or Compose file outside is read', async () => {
    const trap = await makeTrap(project)
    const cases = [
      { 'compose.yaml': `${web}    label_file: ${trap}\n` },
      { 'compose.yaml': `include: [${trap}]\n${web}` },
      { 'compose.yaml': `include: [{ path: more/compose.yaml, project_directory: / }]\n${web}`, 'more/compose.yaml': `services:\n  x: { image: busybox, env_file: ${trap} }\n` },
      { 'compose.yaml': `${web}  x:\n    extends: { file: ${trap}, service: y }\n` },
      { 'compose.yaml': `x-a: &a { env_file: ${trap} }\n${web}    <<: *a\n` },
      { 'more.yaml': `services:\n  x: { image: busybox, env_file: ${trap} }\n`, 'compose.yaml': `${web}  y:\n    extends: { file: more.yaml, service: x }\n` },
    ] // prettier-ignore
    for (const files of cases) await expectRefusal(files, trap)
  })

  it('no link that leads out of the worktree is followed', async () => {
    const trap = await makeTrap(project)
    const clone = join(project.folder, 'linked')
    await project.run('git', 'clone', '--quiet', join(project.folder, 'remote.git'), clone)
    symlinkSync(trap, join(clone, 'link'))
    const theirs = project.at(clone, { GIT_COMMITTER_EMAIL: 'stranger@example.net' })
    for (const text of [
      `include: [link]\n${web}`,
      `${web}    env_file: link\n`,
      `${web}    volumes: ['./link:/x']\n`,
    ]) {
      await theirs.commit({ 'compose.yaml': text })
      await theirs.git('push', '--quiet', '--force', 'origin', 'HEAD:linked')
      await project.git('fetch', '--quiet', 'origin')
      const { exitCode, stderr } = await project.piko('create', 'linked', '--no-start')
      expect(exitCode, stderr).to.equal(5)
      expect(stderr).to.contain(`link, a link to ${trap}`)
    }
  })

  it('no path is believed that a variable of its .env hides', async () => {
    const trap = await makeTrap(project)
    await project.git('rm', '--quiet', '.gitignore')
    await project.commit({ '.keep': '' })
    await project.git('push', '--quiet', 'origin', 'main')
    await project.run('rm', '.env')
    const hidden = { '.env': `A=\${B}\nB=${trap}\n`, 'compose.yaml': `${web}    env_file: \${A}\n` }
    await expectRefusal(hidden, 'Service web reads the env file ${A}')
    const file = join(project.folder, 'outside.yaml')
    writeFileSync(file, 'services: {}\n')
    await expectRefusal({ '.env': `COMPOSE_FILE=compose.yaml:${file}\n` }, `The Compose files are ${file}`)
  })

  it('no program of it runs on this machine', async () => {
    const proof = join(project.folder, 'proof')
    const files = {
      'compose.yaml': `${web}  p:\n    provider: { type: sh }\n`,
      compose: `echo ran > '${proof}'\n`,
    }
    await expectRefusal(files, 'Service p runs the program sh on this machine')
    expect(existsSync(proof)).to.equal(false)
    await project.pikoWell('create', 'review-me', '--no-start', '--trust')
    const inside = project.at(project.worktree('review-me'))
    await inside.commit({ compose: 'echo something else\n' })
    const { exitCode, stderr } = await project.piko('sync', 'review-me')
    expect(exitCode).to.equal(5)
    expect(stderr).to.contain('Service p runs the program sh on this machine, at commit')
  })

  it("no hook of its own runs, since git's hooks run only in the checkout of an approved branch", async () => {
    const proof = join(project.folder, 'proof')
    await project.git('config', 'core.hooksPath', 'hooks')
    const hook = `#!/bin/sh\necho ran > '${proof}'\n`
    await push(project, {
      branch: 'review-me',
      files: { 'hooks/post-checkout': hook, 'compose.yaml': `${web}    privileged: true\n` },
    })
    expect((await project.piko('create', 'review-me', '--no-start')).exitCode).to.equal(5)
    expect(existsSync(proof)).to.equal(false)
  })
})

describe('the network', () => {
  let project: ScratchProject
  let server: Server
  let requests = 0
  before(function (done) {
    requireTool(this, 'docker')
    server = createServer((_, response) => {
      requests++
      response.writeHead(404).end()
    }).listen(0, '127.0.0.1', done)
  })
  beforeEach(async () => {
    requests = 0
    project = await makeProjectOfMany()
  })
  afterEach(() => project.dispose())
  after(() => server.close())

  const including = () => {
    const { port } = server.address() as AddressInfo // listens on TCP
    return `include: ['http://127.0.0.1:${port}/compose.git']\n${web}`
  }

  it('is not touched for a branch that is not approved', async () => {
    await push(project, { branch: 'review-me', files: { 'compose.yaml': including() } })
    const { exitCode, stderr } = await project.piko('create', 'review-me', '--no-start')
    expect(exitCode, stderr).to.equal(5)
    expect(stderr).to.contain('The Compose files include http://127.0.0.1:')
    expect(requests).to.equal(0)
    await project.piko('create', 'review-me', '--no-start', '--trust')
    expect(requests, 'the include is one that Compose fetches').to.be.greaterThan(0)
  })

  it('is not touched by --dry-run, explain and status, even for own work', async () => {
    await project.pikoWell('create', 'mine', '--no-start')
    const inside = project.at(project.worktree('mine'))
    await inside.commit({ 'compose.yaml': including() })
    await project.git('branch', 'other', 'mine')
    expect(await project.pikoWell('create', 'other', '--dry-run', '--no-start')).to.contain('include http://')
    await project.pikoWell('explain', 'mine')
    await project.pikoWell('status', 'mine')
    writeFileSync(join(project.root, 'compose.yaml'), including())
    await project.commit({
      'compose.yaml': including(),
      '.piko.yml': `${project.portsLine}compose: { services: [web] }\n`,
    })
    await project.pikoWell('create', 'third', '--dry-run', '--no-start')
    expect(requests).to.equal(0)
  })
})
