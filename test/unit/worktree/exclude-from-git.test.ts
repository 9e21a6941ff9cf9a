import { excludeFromGit, restoreExclude } from '#src/worktree/exclude-from-git.js'
import { isIgnored } from '#src/worktree/is-ignored.js'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { useGit } from '../../support/git.js'

describe('excludeFromGit', () => {
  const bed = useGit()
  const patterns = ['/.piko/', '/docker-compose.piko.yml']

  it("adds its lines once and keeps the user's lines", async () => {
    const repository = bed.repository()
    const file = join(repository.gitCommonDir, 'info/exclude')
    writeFileSync(file, '# mine\n*.swp\n/.piko/')
    await excludeFromGit(repository, [...patterns, ...patterns])
    await excludeFromGit(repository, patterns)
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.slice(0, 3)).to.deep.equal(['# mine', '*.swp', '/.piko/'])
    expect(lines.filter(line => line.startsWith('/'))).to.deep.equal(patterns)
    expect(readdirSync(join(repository.gitCommonDir, 'info'))).to.deep.equal(['exclude'])
  })

  it('works without an info folder, and in every worktree', async () => {
    const repository = bed.repository()
    rmSync(join(repository.gitCommonDir, 'info'), { recursive: true })
    bed.git(repository.mainCheckout, 'worktree', 'add', '-q', join(bed.folder, 'w'))
    await excludeFromGit(repository, patterns)
    for (const checkout of [repository.mainCheckout, join(bed.folder, 'w')]) {
      bed.write(checkout, '.piko/x')
      bed.write(checkout, 'docker-compose.piko.yml')
      expect(bed.git(checkout, 'status', '--porcelain')).to.equal('')
    }
  })

  it('loses no line of concurrent writers', async () => {
    const repository = bed.repository()
    const many = ['/a/', '/b/', '/c/', '/d/']
    await Promise.all(many.map(pattern => excludeFromGit(repository, [pattern])))
    const lines = readFileSync(join(repository.gitCommonDir, 'info/exclude'), 'utf8').split('\n')
    expect(lines).to.include.members(many)
  })

  it('takes over the lock of a dead process', async () => {
    const repository = bed.repository()
    const lock = bed.write(repository.gitCommonDir, 'info/exclude.lock')
    utimesSync(lock, 0, 0)
    await excludeFromGit(repository, ['/.piko/'])
    expect(readdirSync(join(repository.gitCommonDir, 'info'))).to.deep.equal(['exclude'])
  })

  it('writes through a symbolic link', async () => {
    const repository = bed.repository()
    const file = join(repository.gitCommonDir, 'info/exclude')
    rmSync(file)
    symlinkSync(bed.write(bed.folder, 'my excludes', ''), file)
    await excludeFromGit(repository, ['/.piko/'])
    expect(lstatSync(file).isSymbolicLink()).to.equal(true)
    expect(readFileSync(join(bed.folder, 'my excludes'), 'utf8')).to.contain('\n/.piko/\n')
    await restoreExclude(repository, () => false)
    expect(lstatSync(file).isSymbolicLink()).to.equal(true)
    expect(readFileSync(join(bed.folder, 'my excludes'), 'utf8')).to.equal('')
  })

  it('restores every byte, whatever the user wrote', async () => {
    const repository = bed.repository()
    const file = join(repository.gitCommonDir, 'info/exclude')
    const text = fc.array(fc.constantFrom('# mine', '*.swp', '/.piko/', '', ' ', '\r'), { maxLength: 5 })
    const added = fc.array(fc.subarray(['/a', '/b', '/.piko/', '/with space']), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), added, async (lines, isEnded, runs) => {
        const before = lines.join('\n') + (isEnded ? '\n' : '')
        writeFileSync(file, before)
        for (const wanted of runs) await excludeFromGit(repository, wanted)
        for (const line of runs.flat()) expect(readFileSync(file, 'utf8').split(/\r?\n/)).to.include(line)
        await restoreExclude(repository, () => false)
        expect(readFileSync(file, 'utf8')).to.equal(before)
      }),
    )
  })

  it('keeps what the user wrote around its lines meanwhile', async () => {
    const repository = bed.repository()
    const file = join(repository.gitCommonDir, 'info/exclude')
    writeFileSync(file, '# mine')
    await excludeFromGit(repository, ['/a'])
    writeFileSync(file, `# first\n${readFileSync(file, 'utf8')}# last\n`)
    await restoreExclude(repository, () => false)
    expect(readFileSync(file, 'utf8')).to.equal('# first\n# mine\n# last\n')
  })

  it('removes a file that it created, unless it is still needed', async () => {
    const repository = bed.repository()
    const file = join(repository.gitCommonDir, 'info/exclude')
    rmSync(file)
    await excludeFromGit(repository, ['/a'])
    await restoreExclude(repository, () => true)
    expect(readFileSync(file, 'utf8')).to.contain('/a\n')
    await restoreExclude(repository, () => false)
    expect(existsSync(file)).to.equal(false)
  })
})

describe('isIgnored', () => {
  const bed = useGit()

  it('is true for ignored paths, and false for tracked and untracked ones', async () => {
    const { mainCheckout } = bed.repository()
    bed.commit(mainCheckout, '.gitignore', '*.log\nout/\n')
    bed.commit(mainCheckout, 'kept.log')
    const ignored = async (path: string) => isIgnored(mainCheckout, path)
    expect(await ignored('-x "ü".log')).to.equal(true)
    expect(await ignored('out/')).to.equal(true)
    expect(await ignored('kept.log')).to.equal(false)
    expect(await ignored('README')).to.equal(false)
    expect(await ignored(':odd.log')).to.equal(true)
  })
})
