import { expect } from 'chai'
import { useProject } from '#test/support/suite-project.js'

const files = {
  'compose.yaml': `
services:
  db: { image: busybox, init: true, stop_grace_period: 0.1s, command: sleep 10000, volumes: ['data:/data'] }
volumes: { data: {} }
`,
}

describe('volumes of every environment', function () {
  this.timeout(240_000)
  const project = useProject(files, async made => {
    await made.pikoWell('create', 'one')
    await made.pikoWell('create', 'two', '--no-start')
  })

  it('are listed from the main checkout without a name', async () => {
    const output = await project().pikoWell('volumes', 'list')
    expect(output).to.match(/^ENVIRONMENT +VOLUME +NAME/)
    expect(output)
      .to.match(/\none +data +\S+-one-data +own/)
      .and.match(/\ntwo +data +\S+-two-data \(not created yet\)/)
    const answer = await project().json<{ environments: { environment: string }[] }>('volumes', 'list')
    expect(answer.environments.map(({ environment }) => environment)).to.deep.equal(['one', 'two'])
  })

  it('are measured together, with a total', async () => {
    await project().pikoWell(
      'exec',
      'one',
      'db',
      '--',
      'dd',
      'if=/dev/zero',
      'of=/data/x',
      'bs=1024',
      'count=2000',
    )
    const answer = await project().json<Sizes>('volumes', 'size')
    expect(answer.bytes).to.be.at.least(2_000_000)
    expect(answer.environments.map(({ environment }) => environment)).to.deep.equal(['one', 'two'])
    expect(await project().pikoWell('volumes', 'size')).to.match(
      /\none +data +own +2\.\d MB\n[^]*MB of their own\n$/,
    )
  })

  it('are limited to one environment if it is named, or inside its worktree', async () => {
    const named = await project().json('volumes', 'list', 'one')
    expect(named).to.have.property('environment', 'one')
    const inside = project().at(project().worktree('one'))
    expect(await inside.json('volumes', 'size')).to.have.property('environment', 'one')
  })
})

interface Sizes {
  readonly bytes: number
  readonly environments: readonly { readonly environment: string }[]
}
