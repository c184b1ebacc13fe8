// Uploads in pieces as they happen in the mountains: broken half-way, the server restarted, gone on with; and who may not.

import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { begin, type Dossier, viewDossier } from '#modules/dossiers/index.ts'
import { partialDir } from '#modules/files/index.ts'
import { sweepUploads } from '#modules/files/uploads.ts'
import { type App, makeApp } from '#main/app.ts'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { PDF } from '../support/walk.ts'
import { signedIn } from './visitor.ts'

const clock = new MovableClock('2026-11-20T08:30:00+07:00')
const PROCEDURE = '1.004194'
const record = JSON.parse(procedureTexts().find(({ name }) => name === `${PROCEDURE}.json`)!.text) as ProcedureRecord
let app: TestApp
let base: string
let part: string
let draft: Dossier
let tokens: Record<string, string>

async function newDraft(procedure = PROCEDURE): Promise<Dossier> {
  return begin(await app.as('congdan1'), {
    procedure, unit: '14797', channel: 'truc_tuyen', applicant: { kind: 'ca_nhan', fullName: 'Người nộp' }, form: record.cases.find((one) => one.channel === 'truc_tuyen')!.form, clientKey: null,
  })
}

const listen = async (running: App): Promise<string> => (await running.server.listen({ port: 0, host: '127.0.0.1' })).replace('[::1]', '127.0.0.1')

beforeAll(async () => {
  app = await testApp({ clock })
  base = await listen(app)
  draft = await newDraft()
  part = record.cases.find((one) => one.channel === 'truc_tuyen')!.expect.requiredParts![0]!
  tokens = { me: await app.token('congdan1'), other: await app.token('congdan2'), officer: await app.token('motcua.14797') }
})
afterAll(() => app.close())

const tus = (path: string, method: string, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>, who = 'me') =>
  fetch(base + path, {
    method, body, redirect: 'manual',
    headers: { 'tus-resumable': '1.0.0', accept: 'application/json', ...(tokens[who] && { authorization: `Bearer ${tokens[who]}` }), ...headers },
  })

const b64 = (text: string) => Buffer.from(text).toString('base64')
const create = async (size: number, name = 'ban-quet.pdf', field = `file.${part}`, who = 'me', dossier = draft) =>
  tus(`/ho-so/${dossier.id}/giay-to/tus`, 'POST', { 'upload-length': String(size), 'upload-metadata': `filename ${b64(name)},field ${b64(field)}` }, undefined, who)
const begun = async (size: number, name?: string, field?: string, dossier?: Dossier): Promise<string> => {
  const reply = await create(size, name, field, 'me', dossier)
  expect(reply.status).toBe(201)
  return reply.headers.get('location')!
}
const offset = async (at: string) => Number((await tus(at, 'HEAD')).headers.get('upload-offset'))
const patch = (at: string, from: number, body: Buffer) =>
  tus(at, 'PATCH', { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' }, Uint8Array.from(body))
const partsNow = async (dossier = draft) => (await viewDossier(await app.as('congdan1'), dossier.id)).parts

/** A scan of so many bytes: one page, then noise in a stream. */
function scan(bytes: number): Buffer {
  const head = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\n4 0 obj<</Length 1>>stream\n'
  const tail = '\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
  return Buffer.concat([Buffer.from(head), randomBytes(bytes - head.length - tail.length), Buffer.from(tail)])
}

/** Sends the first bytes of a body and then breaks the line. */
const broken = (at: string, body: Buffer, sent: number) =>
  new Promise<void>((done) => {
    const request = httpRequest(base + at, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${tokens['me']}`, 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'content-length': String(body.length) },
    })
    request.on('error', () => done()).on('close', () => done())
    request.write(body.subarray(0, sent), () => setTimeout(() => request.destroy(), 250))
  })

test('a scan of 40 MB: the line breaks, the server is restarted, it goes on where it was and is a paper once', async () => {
  const whole = scan(40 * 1024 * 1024)
  const at = await begun(whole.length)
  await broken(at, whole, 13 * 1024 * 1024)
  await app.server.close()
  const again = await makeApp(app.env, { logLevel: 'error' })
  base = await listen(again)
  const from = await offset(at)
  expect(from).toBeGreaterThan(1024 * 1024)
  expect(from).toBeLessThan(whole.length)
  const page = await signedIn({ ...app, ...again }, 'congdan1').then((me) => me.open(`/ho-so/${draft.id}/giay-to`))
  expect(page.html.includes('Đang gửi dở')).toBe(true)
  expect((await patch(at, from, whole.subarray(from))).status).toBe(204)
  const [first, second] = [await tus(`${at}/xong`, 'POST'), await tus(`${at}/xong`, 'POST')]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(await second.json()).toEqual(await first.json())
  const mine = (await partsNow()).filter((one) => one.part === part)
  expect(mine).toHaveLength(1)
  expect(mine[0]!.file).toMatchObject({ name: 'ban-quet.pdf', size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') })
  // the answer may be lost on the way: asking again finds the whole upload and nothing more is taken in
  expect(await offset(at)).toBe(whole.length)
  expect(readdirSync(partialDir(app.env.dataDir))).toEqual([])
})

test('a server that dies after the last byte: the paper is taken in when its sender asks', async () => {
  const dossier = await newDraft()
  const at = await begun(PDF.length, 'giay.pdf', undefined, dossier)
  appendFileSync(join(partialDir(app.env.dataDir), at.split('/').at(-1)!), PDF)
  expect(await partsNow(dossier)).toHaveLength(0)
  const both = await Promise.all([tus(`${at}/xong`, 'POST'), tus(`${at}/xong`, 'POST')])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(await partsNow(dossier)).toHaveLength(1)
})

test('a file that answers a question is its answer as soon as it is whole, once', async () => {
  const dossier = await newDraft('3.000347')
  const at = await begun(PDF.length, 'anh.pdf', 'photo', dossier)
  await patch(at, 0, PDF)
  const replies = await Promise.all([tus(`${at}/xong`, 'POST'), tus(`${at}/xong`, 'POST')])
  const [{ value }, again] = (await Promise.all(replies.map((one) => one.json()))) as { value: string }[] as [{ value: string }, { value: string }]
  expect(again.value).toBe(value)
  const view = await viewDossier(await app.as('congdan1'), dossier.id)
  expect(view.dossier.form['photo']).toBe(value)
  expect(view.parts).toEqual([])
  expect((await create(10, 'a.pdf', 'applicant_phone', 'me', dossier)).status).toBe(422)
})

describe('what cannot be taken', () => {
  const cases: readonly [string, string, Buffer, number, RegExp][] = [
    ['a program', 'chay.pdf', Buffer.from('MZ\x90\x00\x03'.padEnd(300, '\0'), 'latin1'), 422, /không nhận được/],
    ['a broken PDF', 'dut.pdf', PDF.subarray(0, 100), 422, /bị hỏng/],
    ['a locked PDF', 'khoa.pdf', Buffer.from(PDF.toString().replace('<</Root 1 0 R>>', '<</Root 1 0 R /Encrypt 9 0 R>>')), 422, /mật khẩu/],
    ['an empty PDF', 'rong.pdf', Buffer.from(PDF.toString().replace('/Type/Page/', '/Type/Nothing/')), 422, /không có trang nào/],
    ['a photo that says it is a PDF', 'anh.pdf', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), 200, /đuôi \.pdf nhưng nội dung là Ảnh PNG/],
  ]
  test.each(cases)('%s', async (_what, name, content, status, said) => {
    const dossier = await newDraft()
    const at = await begun(content.length, name, undefined, dossier)
    expect((await patch(at, 0, content)).status).toBe(204)
    const reply = await tus(`${at}/xong`, 'POST')
    expect(reply.status).toBe(status)
    expect(((await reply.json()) as { message: string }).message).toMatch(said)
    expect(await partsNow(dossier)).toHaveLength(status === 200 ? 1 : 0)
  })

  test('nothing, more than allowed, a place that is none, an unfinished one', async () => {
    expect(await (await create(0)).json()).toMatchObject({ message: expect.stringMatching(/0 byte/) })
    expect((await create(200 * 1024 * 1024)).status).toBe(413)
    expect((await create(10, 'a.pdf', 'file.khong_co')).status).toBe(422)
    const at = await begun(10)
    expect((await tus(`${at}/xong`, 'POST')).status).toBe(409)
    expect((await tus(at, 'DELETE')).status).toBe(204)
    expect((await tus(at, 'HEAD')).status).toBe(404)
  })
})

describe('who may not', () => {
  test('a stranger, an officer of another desk, nobody', async () => {
    const at = await begun(100)
    for (const who of ['other', 'officer']) {
      const met = await Promise.all([
        create(100, 'a.pdf', `file.${part}`, who),
        tus(at, 'HEAD', {}, undefined, who),
        tus(at, 'PATCH', { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, new Uint8Array(100), who),
        tus(at, 'DELETE', {}, undefined, who),
        tus(`${at}/xong`, 'POST', {}, undefined, who),
      ])
      for (const { status } of met) expect([403, 404]).toContain(status)
    }
    for (const reply of [await create(100, 'a.pdf', `file.${part}`, 'nobody'), await tus(at, 'HEAD', {}, undefined, 'nobody')]) expect([303, 302, 401, 403]).toContain(reply.status)
    expect(await offset(at)).toBe(0)
    // another dossier of mine is another address
    const mine = await newDraft()
    expect((await tus(at.replace(draft.id, mine.id), 'HEAD')).status).toBe(404)
    await tus(at, 'DELETE')
  })

  test('a page of another site: the session alone is not enough', async () => {
    const me = await signedIn(app, 'congdan1')
    const reply = await fetch(`${base}/ho-so/${draft.id}/giay-to/tus`, {
      method: 'POST', redirect: 'manual',
      headers: { cookie: me.cookie!, 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': `filename ${b64('a.pdf')},field ${b64(`file.${part}`)}` },
    })
    expect(reply.status).toBe(403)
  })

  test('twenty begun and not finished are enough', async () => {
    const dossier = await newDraft()
    const all = []
    for (let i = 0; i < 21; i++) all.push(await create(50, `t${i}.pdf`, undefined, 'me', dossier))
    expect(all.map(({ status }) => status).slice(-2)).toContain(429)
    for (const one of all) if (one.status === 201) await tus(one.headers.get('location')!, 'DELETE')
  })
})

test('what nobody goes on with is gone after three days, what goes on is not', async () => {
  const old = await begun(500)
  await patch(old, 0, Buffer.alloc(100))
  clock.to('2026-11-23T08:31:00+07:00')
  const young = await begun(500)
  expect(await sweepUploads(systemCtx(app.env, 'test'))).toBeGreaterThan(0)
  expect(existsSync(join(partialDir(app.env.dataDir), old.split('/').at(-1)!))).toBe(false)
  expect((await tus(old, 'HEAD')).status).toBe(404)
  expect(await offset(young)).toBe(0)
  expect(await sweepUploads(systemCtx(app.env, 'test'))).toBe(0)
})

test('a dossier that was handed in takes no more', async () => {
  const dossier = await newDraft()
  const at = await begun(PDF.length, 'muon.pdf', undefined, dossier)
  await app.database.db.updateTable('dossiers.dossier').set({ state: 'RUT_HO_SO' }).where('id', '=', dossier.id).execute()
  expect((await patch(at, 0, PDF)).status).toBe(409)
  expect(await partsNow(dossier)).toHaveLength(0)
})
