import { placeholderUnclosed, placeholderUnknown } from './errors.js'

export interface InterpolateOptions {
  /** Where the template stands, for the error: `env.SITE_DOMAIN`. */
  readonly key: string
  /** By placeholder: `name`, `host`, `port.web`, `port.web.8080`, `url.web`. */
  readonly values: Readonly<Record<string, string>>
}

/** The placeholders of a template. */
export function placeholdersIn(template: string): readonly string[] {
  return [...template.matchAll(placeholderForm)].flatMap(([, placeholder]) => placeholder ?? [])
}

const placeholderForm = /\$\$|\$\{([^}]*)(\}?)/g

/** Whether `interpolate` would find a value for every placeholder. */
export function hasAll(template: string, values: InterpolateOptions['values']): boolean {
  const found = [...template.matchAll(placeholderForm)].filter(([whole]) => whole !== '$$')
  return found.every(([, placeholder = '', end]) => end === '}' && Object.hasOwn(values, placeholder))
}

/**
 * Fills `${…}` in; `$$` is a literal `$`, and so is a `$` before anything else. What is filled in is not looked at
 * again. Throws for an unknown or unclosed placeholder.
 */
export function interpolate(template: string, { key, values }: InterpolateOptions): string {
  return template.replaceAll(placeholderForm, (whole, placeholder: string | undefined, end: string) => {
    if (placeholder === undefined) return '$'
    if (end === '') throw placeholderUnclosed(key, whole)
    const value = Object.hasOwn(values, placeholder) ? values[placeholder] : undefined
    if (value === undefined) throw placeholderUnknown(placeholder, { key, known: Object.keys(values) })
    return value
  })
}
