import type { Rule } from './rule.js'

/** Removes unselected services from the environment's project. */
export const selection: Rule = {
  changes:
    'With a selection (`--only`, `--except`, `compose: { services: … }`), the other services are removed, and so are the dependencies on them; a selected service runs whatever its `profiles:`',
  because: 'what is not selected must not start, and takes no port, network or volume',
  see: '`piko explain NAME`; to add one, run `piko up NAME SERVICE`',
  apply({ selection }) {
    if (!selection) return { override: {}, changes: [] }
    const { services, unselected, dropped, layer } = selection
    const all = services.length + unselected.length
    return {
      override: layer,
      changes: [
        {
          what: 'services',
          from: `${all} in the Compose files`,
          to: services.join(', '),
          because: 'only these are selected',
        },
        ...dropped.map(({ service, on }) => ({
          service,
          what: `dependency on ${on}`,
          from: 'this environment',
          to: 'none',
          because: `${on} is excluded`,
        })),
      ],
    }
  },
}
