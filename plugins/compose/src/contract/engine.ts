/**
 * The interface for plugins that use the engine directly, for containers, networks and volumes besides those of
 * Compose. Separate from `./contract` because it takes longer to load. `look…` and `ask…` only read; `runDocker`
 * changes things.
 */
export { dialDocker, dockerAfterwards, lookDocker, nameOf, onEngine, runDocker } from '../docker.js'
export type { Changing, Looking } from '../docker.js'
export { askEngine, askForEach } from '../engine/api.js'
export type { Question, Reader, RegistryLogin } from '../engine/api.js'
export { connect, disconnect } from '../engine/attach.js'
export {
  type Container,
  fetchContainer,
  fetchContainers,
  fetchLabelled,
  fetchOwnContainers,
  fetchOwnIds,
  fetchUsers,
} from '../engine/containers.js'
export { readEngine } from '../engine/current.js'
export { fetchVolumeSizes } from '../engine/disk.js'
export { fetchImageId, fetchWorkImages, tagsOf } from '../engine/images.js'
export { fetchLogLines, plainLine } from '../engine/log-lines.js'
export { fetchNetworks, fetchSubnets, removeNetworks } from '../engine/networks.js'
export { requireService } from '../engine/services.js'
export { byAddress, fetchProjectContainers, stateOf } from '../engine/states.js'
export { removedServices } from '../override/merge.js'
export { fetchStates, type State, troubleOf } from '../engine/trouble.js'
export { fetchDigest, pullWithLogin, pushWithLogin } from '../engine/transfer.js'
export { createVolume, fetchOwnVolumes, fetchVolumes, removeVolumes } from '../engine/volumes.js'
export { fetchConfig, fetchWritten } from '../checkout/fetch.js'
export { readInvocation } from '../model/files.js'
export { registryOf } from '../registry/images.js'
export { fetchMainStack, type MainStack } from '../model/main-stack.js'
export { usedVolumes } from '../override/used-volumes.js'
export { isOwned, labelsOf, type Owner, ownerOf } from '../labels.js'
