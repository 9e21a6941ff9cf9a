import { modelFact, type Service } from '@piko/plugin-compose/contract'
import { fetchUsers, fetchWorkImages, runDocker } from '@piko/plugin-compose/contract/engine'
import type { VolumesContext } from '../context.js'
import { volumeErrors } from '../errors/volumes.js'

/** The tools in an image. Only local images are used; none is pulled. */
type Tools = 'gnu' | 'shell' | 'none'

/** Images for helpers, those that use the volumes first. Throws if the engine has none. */
export async function fetchImages(
  context: VolumesContext,
  volumes: readonly string[],
): Promise<readonly [string, ...string[]]> {
  const users = (await fetchUsers(context, volumes)).map(({ imageId }) => imageId)
  const [first, ...others] = await fetchWorkImages(context, mountingServices(context, volumes), users)
  if (first === undefined) throw volumeErrors.VOLUMES_NO_IMAGE()
  return [first, ...others]
}

/** Services that mount the volumes, even if they have no containers yet. */
function mountingServices(context: VolumesContext, volumes: readonly string[]): readonly Service[] {
  const model = context.fact(modelFact)
  const keys = Object.entries(model?.volumes ?? {}).flatMap(([key, { engineName }]) =>
    volumes.includes(engineName) ? [key] : [],
  )
  return Object.values(model?.services ?? {}).filter(({ mounts }) =>
    mounts.some(({ type, source = '' }) => type === 'volume' && keys.includes(source)),
  )
}

/** The first image with the wanted tools: GNU tar and a shell, or only a shell. */
export async function findImage(
  context: VolumesContext,
  images: readonly string[],
  wanted: Exclude<Tools, 'none'>,
): Promise<string | undefined> {
  for (const image of images) {
    const tools = await readTools(context, image)
    if (tools === wanted || tools === 'gnu') return image
  }
  return undefined
}

/** Determined once per image: an id always means the same content. */
async function readTools(context: VolumesContext, image: string): Promise<Tools> {
  const sql = 'SELECT tools FROM volumes_images WHERE image = ?'
  const [known] = context.read(tables => tables.all(sql, image))
  if (known) return toTools(String(known['tools']))
  const tools = await fetchTools(context, image)
  context.transaction(tables =>
    tables.run('INSERT OR REPLACE INTO volumes_images (image, tools) VALUES (?, ?)', image, tools),
  )
  return tools
}

function toTools(text: string): Tools {
  return text === 'gnu' || text === 'shell' ? text : 'none'
}

async function fetchTools(context: VolumesContext, image: string): Promise<Tools> {
  const script =
    'case "$(tar --version 2>/dev/null)" in *"GNU tar"*) echo gnu ;; esac; for tool in mv stat chmod chown rm mkdir; do command -v $tool >/dev/null || exit 9; done'
  const words = [...isolated, '--rm', '--user', '0:0', '--entrypoint', 'sh', image, '-c', script]
  const { stdout, exitCode } = await runDocker(context, ['run', ...words], { allowFailure: true })
  if (exitCode !== 0) return 'none'
  return stdout.trim() === 'gnu' ? 'gnu' : 'shell'
}

/** Helpers have no network and no capabilities, and never make the engine pull an image. */
export const isolated = [
  ...['--network', 'none', '--pull', 'never'],
  ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
] as const
