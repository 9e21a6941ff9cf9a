// `npm run check`: runs all checks. Stops at the first that fails.
import { spawnSync } from 'node:child_process'

const checks = [
  ['format', 'prettier', '--check', '.', '--log-level', 'warn'],
  ['types', 'tsc', '-b'],
  ['lint', 'eslint', '--max-warnings', '0', '.'],
  ['walls and circles', 'depcruise', '--output-type', 'err', 'src', 'sdk', 'plugins', 'test'],
  ['unused code', 'knip', '--no-progress'],
  ['generated files', 'node', 'scripts/generated.mjs', '--check'],
]

for (const [name, command, ...args] of checks) {
  const started = performance.now()
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`✗ ${name}: \`${[command, ...args].join(' ')}\` failed`)
    process.exit(1)
  }
  console.log(`✓ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}
