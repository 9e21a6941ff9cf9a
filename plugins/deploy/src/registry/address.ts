import { registryErrors } from '../errors/registries.js'

/** `registry.example.org` → `https://registry.example.org` */
export function normalUrl(text: string): string {
  try {
    const { protocol, host } = new URL(/^https?:\/\//.test(text) ? text : `https://${text}`)
    if (host !== '') return `${protocol}//${host}`
  } catch {
    throw registryErrors.DEPLOY_REGISTRY_URL_INVALID({ url: text })
  }
  throw registryErrors.DEPLOY_REGISTRY_URL_INVALID({ url: text })
}

export function requireRegistryName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]*$/.test(name)) return name
  throw registryErrors.DEPLOY_REGISTRY_NAME_INVALID({ name })
}
