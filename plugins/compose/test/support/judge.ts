import { execFileSync } from 'node:child_process'
import { modelFact } from '@piko/plugin-compose/contract'
import { parseProject, type RawProject } from '#compose/model/raw.js'
import type { ComposeWorld } from './world.js'

/** An environment's Compose project as Compose resolves it. */
export function readMerged(world: ComposeWorld, profiles = '*'): RawProject {
  const model = world.context.fact(modelFact)
  if (!model) throw new Error('no model')
  const files = [...model.files, `${world.context.environment.path}/docker-compose.piko.yml`]
  const args = [
    'compose',
    '-p',
    model.project,
    '--project-directory',
    model.projectDirectory,
    ...files.flatMap(f => ['-f', f]),
  ]
  const env = { ...process.env, PWD: model.directory, COMPOSE_PROFILES: profiles }
  return parseProject(
    execFileSync('docker', [...args, 'config', '--format', 'json'], {
      cwd: model.directory,
      encoding: 'utf8',
      env,
    }),
  )
}

/** Everything in a project that exists once per engine. */
export function claimsOf(project: RawProject): readonly string[] {
  return [
    ...Object.values(project.services).flatMap(service => [
      ...(service.container_name === undefined ? [] : [`container ${service.container_name}`]),
      ...(service.build && service.image !== undefined ? [`image ${service.image}`] : []),
      ...(service.ports ?? []).flatMap(({ published, protocol }) =>
        published ? [`port ${published}/${protocol}`] : [],
      ),
    ]),
    ...Object.values(project.networks).map(({ name }) => `network ${name}`),
    ...Object.values(project.volumes).map(({ name }) => `volume ${name}`),
  ]
}
