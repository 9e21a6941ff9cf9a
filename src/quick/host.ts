import type { Environment, Host, StepContext } from '@piko/sdk'
import { requireEnvironmentAt, splitTarget } from '../environment/find.js'
import type { LocatedState } from '../environment/locate.js'
import { requireKnownPath } from '../environment/known-path.js'
import { type EnvironmentRecord, readEnvironments, toEnvironment } from '../environment/record.js'
import type { Session } from '../host/session.js'
import { findSole } from '../host/find-sole.js'
import { printError } from '../output/print-error.js'
import { readProject } from './project.js'
import { quickContext } from './context.js'
import { isFinal } from './is-final.js'
import { notQuick } from './not-quick.js'

/** The part of the host that reads what is recorded. The rest is not quick. */
export function quickHost(located: LocatedState, session: Session): Host {
  const { state } = located
  const project = readProject(located)
  const listed = (record: EnvironmentRecord) => toEnvironment(state, project.root, record)
  const found = (record: EnvironmentRecord) => {
    requireKnownPath({ mainCheckout: located.root, gitCommonDir: located.gitDir }, record)
    return listed(record)
  }
  return {
    api: 1,
    project: () => Promise.resolve(project),
    environments: () => Promise.resolve(readEnvironments(state).map(listed)),
    environment: async (name, { isReading } = {}) => {
      const sole = isReading && name === undefined ? findSole(state, session) : undefined
      return found(sole ?? requireEnvironmentAt(state, name, session.folder))
    },
    target: async (words, asked, { isReading } = {}) => {
      const sole = isReading && asked === undefined ? findSole(state, session, words) : undefined
      if (sole) return { environment: found(sole), rest: words }
      const { record, rest } = splitTarget(state, { words, asked, folder: session.folder })
      return { environment: found(record), rest }
    },
    // Without the plugin's configuration, whose type is therefore irrelevant.
    open: async <Config>(plugin: string, environment: Environment) =>
      quickContext({ state, project, environment, plugin }) as StepContext<Config>,
    change: notQuick,
    changeProject: notQuick,
    openProject: notQuick,
    wind: notQuick,
    run: notQuick,
    takeBack: notQuick,
    fail: (error, options) => {
      if (isFinal(error)) return printError(error, options)
      throw error
    },
  }
}
