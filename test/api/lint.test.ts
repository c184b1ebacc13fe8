// The API's description read by somebody else's eyes: Redocly's linter with its recommended rules.

import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

async function faultsOf(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config })
  return found.filter(({ severity }) => severity === 'error' || severity === 'warn').map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ''})`)
}

test('the description of the API has no fault', async () => {
  const { body } = await app.server.inject({ url: '/api/v1/openapi.json' })
  expect(await faultsOf(body)).toEqual([])
})

test('a description with a fault is found out', async () => {
  const { body } = await app.server.inject({ url: '/api/v1/openapi.json' })
  const broken = JSON.parse(body) as { paths: Record<string, unknown> }
  broken.paths['/x/{id}'] = { get: { responses: {} } }
  expect((await faultsOf(JSON.stringify(broken))).length).toBeGreaterThan(0)
})
