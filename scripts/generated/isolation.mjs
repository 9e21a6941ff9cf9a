// docs/reference/isolation.md, from the rules and findings of the compose plugin.
import { findings } from '../../plugins/compose/dist/validation/findings.js'
import { rules } from '../../plugins/compose/dist/override/rules.js'
import { code, page, table } from './markdown.mjs'

export function isolationPage() {
  return page('Isolation', [
    'What piko changes about a Compose project, so that it can run once per branch, and what it leaves and warns of. The files of the branch are never touched: all of it stands in `docker-compose.piko.yml` in the worktree. `piko explain NAME` says it for one environment, `piko create NAME --dry-run` before there is one. PROJECT is the name of the project, NAME that of the environment.',
    '## What piko changes',
    table(
      ['what', 'why', 'how to see it'],
      rules.map(({ changes, because, see }) => [changes, because, see]),
    ),
    '## What piko leaves as it is, with a warning',
    table(
      ['what', 'why', 'warning'],
      findings.map(({ stays, because, codes }) => [stays, because, codes.map(code).join(', ')]),
    ),
    'The warnings of an environment are shown by `piko create`, `piko status NAME` and `piko explain NAME`, and are in their `--json`.',
  ])
}
