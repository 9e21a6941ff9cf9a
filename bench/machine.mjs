// What a result depends on: the machine, the versions, the date and the load.
import { spawnSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'

export function describeMachine(env) {
  const version = (program, ...words) =>
    spawnSync(program, words, { env, encoding: 'utf8' }).stdout?.trim().split('\n')[0] || `no ${program}`
  const [{ model = 'unknown' } = {}] = cpus()
  return [
    `${new Date().toISOString().slice(0, 10)}, load ${loadavg()[0].toFixed(1)}`,
    `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}`,
    `Node ${process.version}, ${version('git', '--version')}`,
    `Docker ${version('docker', 'version', '--format', '{{.Server.Version}}')}, Compose ${version('docker', 'compose', 'version', '--short')}`,
  ]
}
