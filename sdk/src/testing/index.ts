export { createTestContext } from './context.js'
export type { TestContext, TestContextOptions } from './context.js'
export { stepLaws } from './laws.js'
export type { Law, World } from './laws.js'
