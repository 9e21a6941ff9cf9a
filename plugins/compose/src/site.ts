import type { Changes, Environment, EnvironmentContext, Json, Step, StepBase } from '@piko/sdk'
import type { ComposeConfig } from './config.js'

/** The subject of a Compose project: an environment, or the services that a project shares. */
export interface Site extends Pick<Environment, 'name' | 'path' | 'stateDir' | 'variables'> {
  /** The folder of the override. Default: the checkout, where users look for it. */
  readonly generatedDir?: string
}

/** A site's read-only context. An environment's context is one. */
export interface SiteLook<Config = unknown> extends Omit<EnvironmentContext<Config>, 'environment'> {
  readonly environment: Site
}

export interface SiteContext<Config = unknown> extends SiteLook<Config>, Changes {}

/** A step that works on any site, not just on an environment. */
export interface SiteStep<Receipt extends Json>
  extends
    StepBase<SiteLook<ComposeConfig>, SiteContext<ComposeConfig>, Receipt>,
    Pick<Step<ComposeConfig>, 'phase' | 'after' | 'before' | 'preview'> {}

/** Returns its argument, with the receipt's type inferred. */
export function defineSiteStep<Receipt extends Json>(step: SiteStep<Receipt>): SiteStep<Receipt> {
  return step
}
