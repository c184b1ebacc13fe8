// Large uploads through a real port: streamed to disk, never held in memory, refused in words when too large or cut short.

import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller, ready } from './caller.ts'

const MB = 1024 * 1024
let app: TestApp
let call: Caller
let port: number

beforeAll(async () => {
  app = await testApp()
  call = await caller(app)
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.server.address() as AddressInfo).port
})
afterAll(() => app.close())

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

const chunk = Buffer.alloc(MB / 4, 'quét ')

/** A PDF of `bytes` bytes, made as it is sent. */
function* scan(bytes: number): Generator<Buffer> {
  const [head, tail] = [Buffer.from('%PDF-1.7\n1 0 obj<</Type/Page>>endobj\n'), Buffer.from('\n%%EOF\n')]
  yield head
  for (let left = bytes - head.length - tail.length; left > 0; left -= chunk.length) yield left < chunk.length ? chunk.subarray(0, left) : chunk
  yield tail
}

function* body(part: string, file: Iterable<Buffer>, order: 'part first' | 'file first'): Generator<Buffer> {
  const field = Buffer.from(`--ranh\r\ncontent-disposition: form-data; name="part"\r\n\r\n${part}\r\n`)
  if (order === 'part first') yield field
  yield Buffer.from('--ranh\r\ncontent-disposition: form-data; name="file"; filename="scan.pdf"\r\ncontent-type: application/pdf\r\n\r\n')
  yield* file
  yield Buffer.from('\r\n')
  if (order === 'file first') yield field
  yield Buffer.from('--ranh--\r\n')
}

/** Lines still open. */
const connections = () => new Promise<number>((done) => app.server.server.getConnections((_error, open) => done(open)))

async function upload(id: string, file: Iterable<Buffer>, order: 'part first' | 'file first' = 'part first', login = 'congdan1'): Promise<{ status: number; body: { file?: { sha256: string } } }> {
  const authorization = `Bearer ${await app.token(login)}`
  return new Promise((resolve, reject) => {
    const sending = request(
      { port, host: '127.0.0.1', method: 'POST', agent: false, path: `/api/v1/dossiers/${id}/parts`, headers: { authorization, 'content-type': 'multipart/form-data; boundary=ranh' } },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece) => (text += piece)).on('end', () => {
          resolve({ status: response.statusCode!, body: JSON.parse(text) })
          sending.destroy() // Node's client stops sending when the answer comes early, and would keep the line open
        })
      })
    sending.on('error', reject)
    void pipeline(Readable.from(body('to_khai', file, order)), sending).catch(() => {})
  })
}

const incoming = () => readdir(join(app.env.dataDir, 'files', 'incoming')).catch(() => [])

test.each([[40, 'part first'], [40, 'file first'], [100, 'part first']] as const)('%i MB, %s, is taken without being held in memory', async (size, order) => {
  const id = await ready(call, 'congdan1')
  let most = 0
  const before = process.memoryUsage()
  function* watched(): Generator<Buffer> {
    let sent = 0
    for (const piece of scan(size * MB)) {
      yield piece
      if (++sent % 80) continue
      collect() // every 20 MB: what is still held, not what waits to be swept
      const now = process.memoryUsage()
      most = Math.max(most, now.arrayBuffers + now.external - before.arrayBuffers - before.external)
    }
  }
  const started = performance.now()
  const answer = await upload(id, watched(), order)
  console.log(`${size} MB: ${((performance.now() - started) / 1000).toFixed(1)} s, at most ${(most / MB).toFixed(0)} MB of buffers`)
  expect(answer, JSON.stringify(answer)).toMatchObject({ status: 201, body: { file: { size: size * MB, type: 'application/pdf', name: 'scan.pdf' } } })
  if (size === 100) expect(most).toBeLessThan(60 * MB)
  const hash = createHash('sha256')
  for (const piece of scan(size * MB)) hash.update(piece)
  expect(answer.body.file?.sha256).toBe(hash.digest('hex'))
  expect(await incoming()).toEqual([])
})

test.each([[101, 'part first'], [101, 'file first'], [200, 'part first']] as const)('%i MB, %s, is refused in words and leaves nothing', async (size, order) => {
  const id = await ready(call, 'congdan1')
  const answer = await upload(id, scan(size * MB), order)
  expect(answer).toMatchObject({ status: 413, body: { errors: [{ key: 'file', message: expect.stringContaining('100 MB') }] } })
  expect(await incoming()).toEqual([])
  expect((await call('congdan1', 'GET', `/dossiers/${id}`)).body.parts).toEqual([])
  await expect.poll(connections, { timeout: 5000 }).toBe(0)
})

test("a stranger's 200 MB never reach the disk, and the stranger is told that there is no such dossier", async () => {
  const id = await ready(call, 'congdan1')
  expect(await upload(id, scan(200 * MB), 'file first', 'congdan2')).toMatchObject({ status: 404, body: { code: 'dossiers.none' } })
  expect(await incoming()).toEqual([])
})

test('a line that drops leaves nothing behind, and the next attempt is taken', async () => {
  const id = await ready(call, 'congdan1')
  const authorization = `Bearer ${await app.token('congdan1')}`
  await new Promise<void>((done) => {
    const sending = request({ port, host: '127.0.0.1', method: 'POST', path: `/api/v1/dossiers/${id}/parts`, headers: { authorization, 'content-type': 'multipart/form-data; boundary=ranh' } })
    sending.on('error', () => done())
    const pieces = body('to_khai', scan(20 * MB), 'part first')
    for (let i = 0; i < 12; i++) sending.write(pieces.next().value as Buffer)
    setTimeout(() => sending.destroy(new Error('dropped')), 150)
  })
  await expect.poll(incoming, { timeout: 5000 }).toEqual([])
  expect((await call('congdan1', 'GET', `/dossiers/${id}`)).body.parts).toEqual([])
  expect((await upload(id, scan(MB))).status).toBe(201)
})

test('ten people at once', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => ready(call, 'congdan1')))
  const answers = await Promise.all(ids.map((id, i) => upload(id, scan(5 * MB + i), i % 2 ? 'part first' : 'file first')))
  expect(answers.map((one) => one.status)).toEqual(Array(10).fill(201))
})
