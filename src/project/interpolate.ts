import { placeholderUnclosed, placeholderUnknown } from './errors.js'

export interface InterpolateOptions {
  /** Where the template stands, for the error: `env.SITE_DOMAIN`. */
  readonly key: string
  /** By placeholder: `name`, `host`, `port.web`, `port.web.8080`, `url.web`. */
  readonly values: Readonly<Record<string, string>>
}

/**
 * Fills `${…}` in; `$$` is a literal `$`, and so is a `$` before anything else. What is filled in is not looked at
 * again. Throws for an unknown or unclosed placeholder.
 */
export function interpolate(template: string, { key, values }: InterpolateOptions): string {
  return template.replaceAll(
    /\$\$|\$\{([^}]*)(\}?)/g,
    (whole, placeholder: string | undefined, end: string) => {
      if (placeholder === undefined) return '$'
      if (end === '') throw placeholderUnclosed(key, whole)
      const value = Object.hasOwn(values, placeholder) ? values[placeholder] : undefined
      if (value === undefined) throw placeholderUnknown(placeholder, { key, known: Object.keys(values) })
      return value
    },
  )
}
