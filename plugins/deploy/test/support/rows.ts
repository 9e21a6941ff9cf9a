import { deploys } from '#deploy/store/deploys.js'
import { instances } from '#deploy/store/instances.js'
import { stages } from '#deploy/store/stages.js'
import type { Writing } from '#deploy/store/table.js'

export function addStage(context: Writing, name: string) {
  return stages.create(context, {
    name,
    service: 'web',
    image: '127.0.0.1:5000/web',
    tag: null,
    services: null,
    environment: { COLOR: 'blue' },
    volumes: ['data:/data'],
    port: 80,
    host: null,
    health: '/health',
    releaseCommand: null,
    engine: null,
    auto: false,
  })
}

export function addDeploy(
  context: Writing,
  stage: string,
  values: Partial<Parameters<typeof deploys.create>[1]> & { readonly number: number },
) {
  return deploys.create(context, {
    stage,
    kind: 'deploy',
    tag: `v${values.number}`,
    restores: null,
    images: {},
    serving: {},
    status: 'success',
    step: null,
    error: null,
    response: null,
    output: [],
    process: '1:',
    finishedAt: null,
    ...values,
  })
}

export function addInstance(
  context: Writing,
  { stage, deploy }: { readonly stage: string; readonly deploy: string },
) {
  return instances.create(context, {
    stage,
    deploy,
    service: 'web',
    container: 'piko-app-staging-web-1',
    image: 'web@sha256:1',
    digest: 'abc',
    takesTurns: false,
    status: 'running',
    isCurrent: true,
  })
}
