import type { Access } from '@piko/sdk'
import type { ProjectRule } from '../rule.js'

/** Secrets and configs that are not files of the worktree. */
export const sources: ProjectRule = async ({ project, written }, looking) => {
  const all = (['secrets', 'configs'] as const).flatMap(key =>
    Object.entries(project[key]).map(async ([name, source]): Promise<readonly Access[]> => {
      const kind = key === 'secrets' ? 'secret' : 'config'
      const says = (what: string) => [{ kind, message: `The ${kind} ${name} is ${what}` }]
      if (source.external) return says('external: it is not part of the project')
      if (source.environment !== undefined && process.env[source.environment] !== undefined)
        return says(`the shell's variable ${source.environment}`)
      const outside =
        source.file === undefined
          ? undefined
          : await looking.findOutside(source.file, written?.[key][name]?.file)
      return outside === undefined ? [] : says(`the file ${outside}`)
    }),
  )
  return (await Promise.all(all)).flat()
}
