import type { Failure } from '@piko/sdk'
import { projectErrors } from '../errors/project.js'
import { nearestText } from './nearest.js'

export interface InterpolateOptions {
  /** The template's key, for errors: `env.SITE_DOMAIN`. */
  readonly key: string
  /** By placeholder: `name`, `host`, `port.web`, `port.web.8080`, `url.web`. */
  readonly values: Readonly<Record<string, string>>
}

/** The placeholders in a template. */
export function placeholdersIn(template: string): readonly string[] {
  return [...template.matchAll(placeholderForm)].flatMap(([, placeholder]) => placeholder ?? [])
}

const placeholderForm = /\$\$|\$\{([^}]*)(\}?)/g

/** Whether every placeholder has a value. */
export function hasAll(template: string, values: InterpolateOptions['values']): boolean {
  const found = [...template.matchAll(placeholderForm)].filter(([whole]) => whole !== '$$')
  return found.every(([, placeholder = '', end]) => end === '}' && Object.hasOwn(values, placeholder))
}

/**
 * Replaces `${…}`. `$$` is a literal `$`, and so is a `$` before anything else. Values are not expanded again. Throws
 * if a placeholder is unknown or unclosed.
 */
export function interpolate(template: string, { key, values }: InterpolateOptions): string {
  return template.replaceAll(placeholderForm, (whole, placeholder: string | undefined, end: string) => {
    if (placeholder === undefined) return '$'
    if (end === '') throw projectErrors.CONFIG_PLACEHOLDER_UNCLOSED({ key, rest: whole })
    const value = Object.hasOwn(values, placeholder) ? values[placeholder] : undefined
    if (value === undefined) throw unknownPlaceholder(placeholder, { key, known: Object.keys(values) })
    return value
  })
}

function unknownPlaceholder(
  placeholder: string,
  { key, known }: { readonly key: string; readonly known: readonly string[] },
): Failure {
  const [, kind, service] = /^(url|port)\.([^.]+)/.exec(placeholder) ?? []
  const publish = kind === undefined || service === undefined ? undefined : { kind, service }
  const nearest = nearestText(placeholder, known)
  return projectErrors.CONFIG_PLACEHOLDER_UNKNOWN({ key, placeholder, nearest, publish })
}
