// The most memory of a command that reads, compared with that of Node, in megabytes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { time } from './time.mjs'

// Loaded with `node --require`, which changes nothing else.
const REPORT = `process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.PIKO_BENCH_RSS, String(process.resourceUsage().maxRSS)))`

/** The goal is in megabytes, so the comparison is with that many. */
export function memory(arena, { root, prepare, goal }) {
  const file = join(arena.folder, 'max-rss')
  const script = join(arena.folder, 'max-rss.cjs')
  writeFileSync(script, REPORT)
  const env = { ...arena.env, PIKO_BENCH_RSS: file }
  const used = words => {
    time([process.execPath, '--require', script, ...words], {
      cwd: root,
      env,
    })
    return Number(readFileSync(file, 'utf8')) / 1024
  }
  return [['list'], ['env', 'feature'], ['path', 'feature'], ['create', '--help']].map(words => ({
    stages: [{ title: `memory of ${words.join(' ')}`, raw: `${goal} MB`, goal: 1, unit: 'MB' }],
    runs: 3,
    lap() {
      prepare()
      return [{ piko: used(arena.piko(words).slice(1)), raw: goal }]
    },
  }))
}
