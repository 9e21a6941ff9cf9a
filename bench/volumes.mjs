// `npm run bench:volumes [-- --runs N]`: compares copying and backing up volumes with the raw tools, within one run.
// Not part of `npm run bench`, since it moves gigabytes. Compares the total time of `piko volumes copy|backup` with `cp
// -a` and `tar` in a container started for it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createArena } from './arena.mjs'
import { measure } from './measure.mjs'
import { showNote, showRow, showTitles } from './table.mjs'
import { time } from './time.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const runs = Number(values.runs)

const compose = `services:
  app: { image: busybox:latest, command: sleep 1, volumes: ['data:/data'] }
volumes: { data: {} }
`

const loads = {
  '1 GiB': 'dd if=/dev/urandom of=big bs=1M count=1024 2>/dev/null',
  '50,000 files': 'for d in $(seq 500); do mkdir $d; for f in $(seq 100); do echo $d $f > $d/$f; done; done',
}

const docker = (...words) => execFileSync('docker', words, { encoding: 'utf8' }).trim()
const raw = (volume, more, ...command) => [
  ...['docker', 'run', '--rm', '--network', 'none', '-v', `${volume}:/from:ro`, ...more, 'busybox'],
  ...['sh', '-c', ...command],
]

const arena = createArena()
const made = []
try {
  if (!arena.findEngine()) throw new Error('no Docker engine answers')
  showTitles()
  for (const [title, script] of Object.entries(loads)) {
    const root = arena.repository(`volumes-${title.replaceAll(/\W/g, '')}`, { 'compose.yaml': compose })
    const options = { cwd: root, env: arena.env }
    const inside = { cwd: root, env: arena.env }
    time(arena.piko(['create', 'one', '--no-wait']), inside)
    time(arena.piko(['create', 'two', '--no-wait']), inside)
    for (const name of ['one', 'two']) time(arena.piko(['down', name]), inside)
    const listed = JSON.parse(time(arena.piko(['volumes', 'list', 'one', '--json']), inside).stdout)
    const source = listed.volumes[0].name
    docker(
      'run',
      '--rm',
      '--network',
      'none',
      '-v',
      `${source}:/v`,
      '-w',
      '/v',
      'busybox',
      'sh',
      '-c',
      script,
    )
    const target = `${source}-raw`
    made.push(target)
    const folder = mkdtempSync(join(root, 'backups-'))
    for (const row of measure(
      {
        stages: [
          { title: `volumes copy (${title})`, raw: 'docker run … cp -a' },
          { title: `volumes backup (${title})`, raw: 'docker run … tar | zstd -1 -T0' },
        ],
        lap(index) {
          const piko = time(
            arena.piko(['volumes', 'copy', 'two', '--from-env', 'one', '--replace']),
            options,
          ).ms
          docker('volume', 'create', target)
          const copied = time(raw(source, ['-v', `${target}:/to`], 'cp -a /from/. /to/'), options).ms
          docker('volume', 'rm', target)
          const file = join(folder, `${index}.tar.zst`)
          const saved = time(arena.piko(['volumes', 'backup', 'one', '--to', file]), options).ms
          const tar = `"$@" | zstd -q -1 -T0 -o ${file}.raw`
          const plain = time(['sh', '-c', tar, 'sh', ...raw(source, [], 'tar -C /from -cf - .')], options).ms
          rmSync(file)
          rmSync(`${file}.raw`)
          return [
            { piko, raw: copied },
            { piko: saved, raw: plain },
          ]
        },
      },
      runs,
    ))
      showRow(row)
    for (const name of ['one', 'two']) time(arena.piko(['destroy', name, '--yes']), options)
  }
  showNote('A backup is read again before it gets its name; the raw tar is not.')
} finally {
  for (const volume of made) execFileSync('docker', ['volume', 'rm', '--force', volume], { stdio: 'ignore' })
  arena.remove()
}
