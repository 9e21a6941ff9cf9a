// Finds an engine for the demo: the running one, otherwise the test bed's if available.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasEngine } from '../../build/test/sandbox/engine.js'
import { ROOT } from '../generated/packages.mjs'
import { say } from './narrate.mjs'
import { finish, run } from './run.mjs'

const BED = join(ROOT, 'test/bed')
const SHOP = join(ROOT, 'examples/shop')
const bedOptions = { cwd: ROOT, env: process.env } // its settings are PIKO_* variables, which the sandbox lacks

/** True if there is an engine with the images of the shop, or one that can pull them. */
export async function findEngine({ env }) {
  const options = { cwd: SHOP, env }
  if (!hasEngine(env) && !(await startBed())) return false
  await provideImages(options)
  return true
}

async function startBed() {
  const isPossible =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!isPossible) return false
  say('No Docker engine answers; the one of the test bed is started')
  try {
    await run([join(BED, 'engine.sh')], bedOptions)
    return true
  } catch {
    return false
  }
}

// images.sh detects the kind of engine, and refuses if the real images should be pulled instead.
async function provideImages(options) {
  const missing = await missingImages(options)
  if (missing.length === 0) return
  say(`The engine lacks ${missing.join(', ')}; on the test bed's own engine they are built here`)
  const { code, stdout } = await finish([join(BED, 'images.sh')], bedOptions)
  process.stdout.write(stdout)
  if (code === 3) say('Another engine: Compose pulls them, which may take a while')
  else if (code !== 0) throw new Error(`\`test/bed/images.sh\` ended with ${code}`)
}

async function missingImages(options) {
  const { stdout } = await finish(['docker', 'compose', 'config', '--images'], options)
  const missing = []
  for (const image of new Set(stdout.split('\n').filter(Boolean))) {
    const { code } = await finish(['docker', 'image', 'inspect', image], options)
    if (code !== 0) missing.push(image)
  }
  return missing
}
