import type { Changes, Environment, EnvironmentContext, Json, Step, StepBase } from '@piko/sdk'
import type { ComposeConfig } from './config.js'

/** What a Compose project is run for: an environment, or the services that a project shares. */
export interface Site extends Pick<Environment, 'name' | 'path' | 'stateDir' | 'variables'> {
  /** Where the override goes. Default: the checkout, where people look for it. */
  readonly generatedDir?: string
}

/** The context of a site that only looks. That of an environment is one. */
export interface SiteLook<Config = unknown> extends Omit<EnvironmentContext<Config>, 'environment'> {
  readonly environment: Site
}

export interface SiteContext<Config = unknown> extends SiteLook<Config>, Changes {}

/** A step that does for any site what it does for an environment. */
export interface SiteStep<Receipt extends Json>
  extends
    StepBase<SiteLook<ComposeConfig>, SiteContext<ComposeConfig>, Receipt>,
    Pick<Step<ComposeConfig>, 'phase' | 'after' | 'before' | 'preview'> {}

/** Returns its argument, tying the receipt to the step. */
export function defineSiteStep<Receipt extends Json>(step: SiteStep<Receipt>): SiteStep<Receipt> {
  return step
}
