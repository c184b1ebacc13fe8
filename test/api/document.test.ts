// The document says exactly what is mounted, in schemas that any reader of JSON Schema understands.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiRoutes } from '#web/api/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller } from './caller.ts'

let app: TestApp
let call: Caller
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape
let document: any

beforeAll(async () => {
  app = await testApp()
  call = await caller(app)
  document = (await call(null, 'GET', '/openapi.json')).body
})
afterAll(() => app.close())

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Fastify's own list of what is mounted under /api/v1. */
function mounted(): string[] {
  const found: string[] = []
  const paths: string[] = []
  for (const line of app.server.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│├└─ \s]*)(\S+)(?: \(([^)]+)\))?/.exec(line)
    if (!match) continue
    const depth = Math.round((match[1] ?? '').length / 4)
    paths[depth] = match[2] ?? ''
    const path = paths.slice(1, depth + 1).join('')
    if (match[3] && path.startsWith('/api/v1/')) found.push(...match[3].split(', ').filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`))
  }
  return found
}

test('every route mounted is documented, and the other way round', () => {
  const documented = Object.entries(document.paths).flatMap(([path, item]) => Object.keys(item as object).map((method) => `${method.toUpperCase()} /api/v1${path.replaceAll(/\{(\w+)\}\./g, ':$1(^[^./]+).').replaceAll(/\{(\w+)\}/g, ':$1')}`))
  const real = mounted().filter((one) => !/\/(openapi\.json|docs)$/.test(one))
  expect(real.length).toBeGreaterThan(20)
  expect(documented.sort()).toEqual(real.sort())
})

test('the names that were promised are there', () => {
  const promised = [
    'get /procedures', 'get /procedures/{code}', 'post /dossiers', 'post /dossiers/{id}/parts', 'post /dossiers/{id}/submission', 'get /dossiers', 'get /dossiers/{id}',
    'post /dossiers/{id}/acceptance', 'post /dossiers/{id}/refusal', 'post /dossiers/{id}/supplement-request', 'post /dossiers/{id}/supplement',
    'post /dossiers/{id}/withdrawal', 'post /dossiers/{id}/return', 'get /dossiers/{id}/receipt.pdf', 'get /dossiers/{id}/events', 'get /work', 'post /work/{id}/completion',
    'get /deadlines', 'post /procedures/{code}/evaluation', 'get /track/{code}',
  ]
  for (const one of promised) {
    const [method, path] = one.split(' ') as [string, string]
    expect(document.paths[path]?.[method], one).toBeDefined()
  }
})

test('OpenAPI 3.1 whose references all lead somewhere and whose schemas all compile', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(Object.keys(document.components.securitySchemes).sort()).toEqual(['bearer', 'cookie'])
  const text = JSON.stringify(document)
  for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    expect(pointer!.split('/').reduce((at: Record<string, unknown> | undefined, key) => at?.[key] as never, document), pointer).toBeDefined()
  }
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'doc', ...document })
  for (const name of Object.keys(document.components.schemas)) expect(() => ajv.compile({ $ref: `doc#/components/schemas/${name}` }), name).not.toThrow()
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item as object).map((one) => (one as { operationId: string }).operationId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(apiRoutes().length)
})

test('each path parameter is named in its operation, each POST takes a key, each problem is problem+json', () => {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, { parameters: { name?: string; in?: string; $ref?: string }[]; responses: Record<string, { content?: object }> }>)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(operation.parameters.filter((one) => one.in === 'path').map((one) => one.name), `${method} ${path}`).toEqual(named)
      expect(operation.parameters.some((one) => one.$ref?.endsWith('IdempotencyKey')), `${method} ${path}`).toBe(method === 'post')
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) >= 400) expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json'])
      }
    }
  }
})

test('strange addresses and methods are told so, as problems', async () => {
  expect(await call(null, 'GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 'api.no_address' } })
  expect(await call(null, 'PUT', '/procedures')).toMatchObject({ status: 405, headers: { allow: 'GET' } })
  expect(await call('congdan1', 'DELETE', '/procedures/1.000894')).toMatchObject({ status: 405 })
  expect(METHODS.length).toBe(5)
})

test('the page for people', async () => {
  const page = await call(null, 'GET', '/docs')
  expect(page).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('text/html') } })
  expect(page.body).toContain('/api/v1/dossiers/{id}/submission')
})
