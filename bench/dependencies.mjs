/**
 * `node bench/dependencies.mjs [FILES] [FOLDER]`: measures the time and disk space of each way to provide a dependency
 * folder of the main checkout in an environment's containers. FOLDER decides the file system. Needs an engine with the
 * image busybox, and root for the overlay.
 */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:fs'
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rm,
  symlink,
  utimes,
  lstat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [count = '30000', place = tmpdir()] = process.argv.slice(2)
const folder = await mkdtemp(join(place, 'piko-dependencies-'))
const main = join(folder, 'main/node_modules')
const image = 'busybox'
const volumes = []

try {
  await grow(main, Number(count))
  run('sync')
  const rows = []
  const measure = async (way, work) => {
    const before = performance.now()
    await work()
    rows.push({ way, seconds: ((performance.now() - before) / 1000).toFixed(1) })
    console.error(`${way}: ${rows.at(-1).seconds} s`)
  }
  const into = name => join(folder, name)
  const script = (words, ...mounts) =>
    docker(
      'run',
      '--rm',
      '--network',
      'none',
      ...mounts.flatMap(mount => ['-v', mount]),
      image,
      'sh',
      '-c',
      words,
    )
  for (const round of [1, 2]) {
    await measure(`cp -a, round ${round}`, () => run('cp', '-a', main, into(`plain${round}`)))
    await measure(`cp -a --reflink=auto, round ${round}`, () =>
      run('cp', '-a', '--reflink=auto', main, into(`auto${round}`)),
    )
    await measure(`cp -a --reflink=always, round ${round}`, () =>
      run('cp', '-a', '--reflink=always', main, into(`always${round}`), true),
    )
    await measure(`cp -al (hard links), round ${round}`, () => run('cp', '-al', main, into(`hard${round}`)))
    await measure(`Node, copyFile(FICLONE), 16 at once, round ${round}`, () =>
      copyTree(main, into(`node${round}`)),
    )
    await measure(`volume, cp -a in a container, round ${round}`, () => {
      const volume = makeVolume(`cp${round}`)
      script('cp -a /from/. /to/', `${main}:/from:ro`, `${volume}:/to`)
    })
    await measure(`volume, docker cp, round ${round}`, () => {
      const volume = makeVolume(`archive${round}`)
      const id = docker('create', '-v', `${volume}:/to`, image, 'true').trim()
      docker('cp', '-a', '-q', `${main}/.`, `${id}:/to`)
      docker('rm', id)
    })
    await measure(`overlay volume over main's folder, round ${round}`, async () => {
      const upper = into(`overlay${round}`)
      await mkdir(join(upper, 'upper'), { recursive: true })
      await mkdir(join(upper, 'work'))
      const volume = makeVolume(`overlay${round}`, [
        '--opt',
        'type=overlay',
        '--opt',
        'device=overlay',
        '--opt',
        `o=lowerdir=${main},upperdir=${upper}/upper,workdir=${upper}/work`,
      ])
      script('find /to -type f | wc -l', `${volume}:/to`)
    })
    await measure(`read-only bind, round ${round}`, () =>
      script('find /to -type f | wc -l', `${main}:/to:ro`),
    )
  }
  await measure('reading all of a bind mount', () =>
    script('find /to -type f -exec cat {} + >/dev/null', `${into('plain1')}:/to`),
  )
  await measure('reading all of a volume', () =>
    script('find /to -type f -exec cat {} + >/dev/null', `${volumes[0]}:/to`),
  )
  await measure('rm -rf of a copy', () => rm(into('plain1'), { recursive: true }))
  await measure('volume rm', () => docker('volume', 'rm', volumes.shift()))
  console.log(
    JSON.stringify(
      {
        files: Number(count),
        size: run('du', '-sh', main).split('\t')[0],
        fs: run('stat', '-f', '-c', '%T', folder).trim(),
        rows,
      },
      null,
      1,
    ),
  )
} finally {
  for (const volume of volumes) docker('volume', 'rm', '-f', volume)
  await rm(folder, { recursive: true, force: true })
}

function makeVolume(name, options = []) {
  const volume = `piko-bench-${process.pid}-${name}`
  docker('volume', 'create', ...options, volume)
  volumes.push(volume)
  return volume
}

/** 40 files per package, from a few bytes to 60 KB, 6 KB on average, and a link in `.bin` for each package. */
async function grow(root, files) {
  const text = 'module.exports = function () { return 42 }\n'.repeat(1500)
  await mkdir(join(root, '.bin'), { recursive: true })
  for (let each = 0; each < files; each += 40) {
    const at = join(root, `package-${each / 40}`)
    await mkdir(join(at, 'lib/inner'), { recursive: true })
    await symlink(`../package-${each / 40}/index-0.js`, join(root, '.bin', `package-${each / 40}`))
    const names = Array.from({ length: 40 }, (_, n) => ['', 'lib/', 'lib/inner/'][n % 3] + `index-${n}.js`)
    await Promise.all(
      names.map((name, n) => writeFile(join(at, name), text.slice(0, 64 + ((n * 7919) % 200) ** 2 / 2.2))),
    )
  }
}

async function copyTree(from, to) {
  const limit = { running: 0, waiting: [] }
  const slot = async work => {
    if (limit.running >= 16) await new Promise(resolve => limit.waiting.push(resolve))
    limit.running += 1
    try {
      return await work()
    } finally {
      limit.running -= 1
      limit.waiting.shift()?.()
    }
  }
  const folderAt = async (source, target) => {
    await mkdir(target)
    const entries = await readdir(source, { withFileTypes: true })
    await Promise.all(
      entries.map(entry => {
        const [a, b] = [join(source, entry.name), join(target, entry.name)]
        if (entry.isDirectory()) return folderAt(a, b)
        if (entry.isSymbolicLink()) return slot(async () => symlink(await readlink(a), b))
        return slot(async () => {
          await copyFile(a, b, constants.COPYFILE_FICLONE)
          const { atime, mtime } = await lstat(a)
          await utimes(b, atime, mtime)
        })
      }),
    )
  }
  await folderAt(from, to)
}

function docker(...words) {
  return run('docker', ...words)
}

function run(command, ...words) {
  const tolerant = words.at(-1) === true
  const { status, stdout, stderr } = spawnSync(command, tolerant ? words.slice(0, -1) : words, {
    encoding: 'utf8',
  })
  if (status !== 0 && !tolerant) throw new Error(`${command} ${words.join(' ')}: ${stderr}`)
  return stdout
}
