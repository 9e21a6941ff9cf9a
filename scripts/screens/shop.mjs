// examples/shop as a repository in a sandbox, with piko on the PATH.
import { join } from 'node:path'
import { destroyEnvironments } from '../../build/test/sandbox/environments.js'
import { installPiko } from '../../build/test/sandbox/piko.js'
import { copyShop, makeRepository } from '../../build/test/sandbox/repository.js'
import { makeSandbox, withoutUserSettings } from '../../build/test/sandbox/sandbox.js'

export function makeShop() {
  const sandbox = makeSandbox('screens', withoutUserSettings())
  const { folder } = sandbox
  const root = join(folder, 'shop')
  const env = { ...sandbox.env, PATH: installPiko(folder) }
  copyShop(root)
  makeRepository(root, env)
  return {
    folder,
    root,
    env,
    dispose() {
      const left = destroyEnvironments({ root, env })
      sandbox.remove()
      if (left.length > 0) throw new Error(left.join('\n'))
    },
  }
}
