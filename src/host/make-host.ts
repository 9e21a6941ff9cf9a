import type { Changes, Context, Environment, Host, StepContext, TargetOptions } from '@piko/sdk'
import { requireEnvironmentAt, splitTarget } from '../environment/find.js'
import { requireKnownPath } from '../environment/known-path.js'
import { type EnvironmentRecord, readEnvironments, toEnvironment } from '../environment/record.js'
import { upEnvironment } from '../environment/up.js'
import { type Interrupt, listenForInterrupt } from '../lifecycle/interrupt.js'
import { consentOn } from '../output/ask.js'
import { printError } from '../output/print-error.js'
import { flagsForAll } from '../plugins/flags.js'
import { beginCommand, type Command } from '../runs/begin-run.js'
import { undoRun, windRun } from '../runs/defined-run.js'
import type { Workspace } from '../workspace/open.js'
import { findSole } from './find-sole.js'
import { changeContext, changeProjectContext, openContext, projectContext } from './plugin-context.js'
import type { Session } from './session.js'

/** The `Host` of plugin commands, for one invocation of piko. */
export function makeHost(session: Session): Host {
  let listening: Interrupt | undefined
  const command = async (): Promise<Command> => {
    const workspace = await session.workspace()
    return { workspace, narrator: session.narrator, interrupt: (listening ??= listenForInterrupt()) }
  }
  return {
    api: 1,
    project: async () => (await session.workspace()).project,
    environments: () => environments(session),
    environment: (name, options) => environment(session, { name, ...options }),
    target: (words, asked, options) => target(session, { words, asked, ...options }),
    // A plugin's command names its own plugin, and so the type of its configuration.
    open: async <Config>(plugin: string, about: Environment) =>
      (await openContext(await command(), {
        version: session.version,
        plugin,
        environment: about,
      })) as StepContext<Config>,
    change: <Config, Result>(
      plugin: string,
      about: Environment,
      work: (context: StepContext<Config>) => Promise<Result>,
    ) =>
      changeContext(session, { plugin, environment: about }, context => work(context as StepContext<Config>)),
    changeProject: <Config, Result>(
      plugin: string,
      work: (context: Context<Config> & Changes) => Promise<Result>,
    ) => changeProjectContext(session, plugin, context => work(context as Context<Config> & Changes)),
    openProject: async <Config>(plugin: string) =>
      (await projectContext(await command(), plugin)) as Context<Config>,
    wind: (about, request) => wind(session, about, request),
    run: async (run, { input, ...key }) =>
      beginCommand({ ...(await project(session)), name: run.id }, started =>
        windRun(started, { run, ...key }, input),
      ),
    takeBack: async (run, key) =>
      beginCommand({ ...(await project(session)), name: run.id }, started =>
        undoRun(started, key === undefined ? { run } : { run, key }),
      ),
    fail: printError,
  }
}

async function project(session: Session) {
  return { workspace: await session.workspace(), narrator: session.narrator }
}

async function environments(session: Session): Promise<readonly Environment[]> {
  const { state, project } = await session.workspace()
  return readEnvironments(state).map(record => toEnvironment(state, project.root, record))
}

async function environment(
  session: Session,
  { name, isReading }: TargetOptions & { readonly name: string | undefined },
): Promise<Environment> {
  const workspace = await session.workspace()
  const { state } = workspace
  const sole = isReading && name === undefined ? findSole(state, session) : undefined
  return usable(workspace, sole ?? requireEnvironmentAt(state, name, session.folder))
}

async function target(
  session: Session,
  request: TargetOptions & { readonly words: readonly string[]; readonly asked: string | undefined },
) {
  const workspace = await session.workspace()
  const { state } = workspace
  const sole =
    request.isReading && request.asked === undefined ? findSole(state, session, request.words) : undefined
  if (sole) return { environment: usable(workspace, sole), rest: request.words }
  const { record, rest } = splitTarget(state, { ...request, folder: session.folder })
  return { environment: usable(workspace, record), rest }
}

/** The environment as a plugin's command gets it. */
function usable({ state, project, repository }: Workspace, record: EnvironmentRecord): Environment {
  requireKnownPath(repository, record)
  return toEnvironment(state, project.root, record)
}

async function wind(session: Session, about: Environment, request: Parameters<Host['wind']>[1]) {
  const workspace = await session.workspace()
  const record = requireEnvironmentAt(workspace.state, about.name, session.folder)
  const flags = flagsForAll(workspace.loaded.plugins, request.flags ?? {})
  const { version } = session
  const narrator = request.verbose ? session.verboseNarrator : session.narrator
  const canPrompt = process.stdin.isTTY && process.stderr.isTTY
  const consent = consentOn({ isGiven: request.trust ?? false, canPrompt })
  return upEnvironment({ ...request, flags, workspace, version, narrator, record, consent })
}
