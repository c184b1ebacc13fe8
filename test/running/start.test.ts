// Started, stopped, killed and started again: what was acknowledged is there, nothing is in the way, nothing is left behind.

import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { procedureTexts } from '#main/pack.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { Place, type Running, until } from '../support/platform.ts'

const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith('1.001193'))!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.requiredParts?.length === 0)!

let place: Place
let platform: Running

beforeAll(async () => {
  place = await Place.make()
  platform = await place.start()
})
afterAll(async () => {
  await platform.stop()
  place.remove()
})

async function call<T>(token: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${platform.url}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, body: body === undefined ? undefined : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}

interface Answer {
  id: string
  code: string
  state: string
}

async function submitOne(token: string): Promise<Answer> {
  const draft = await call<Answer>(token, 'POST', '/dossiers', { procedure: '1.001193', unit: '14797', channel: 'truc_tuyen', applicant: { fullName: 'Nguyễn Thị Quỳnh Hương' }, form: { ...golden.form, exemption_kind: 'none' } })
  expect(draft.status).toBe(201)
  const sent = await call<Answer>(token, 'POST', `/dossiers/${draft.body.id}/submission`, {})
  expect(sent.status).toBe(200)
  return sent.body
}

describe('the first start', () => {
  test('loads the province in under 60 s and says where and who', () => {
    expect(platform.took).toBeLessThan(60_000)
    expect(platform.said()).toContain(platform.url)
    expect(platform.said()).toContain('motcua.14797')
    expect(platform.said()).toMatch(/1812 đơn vị/)
  })

  test('a second start on the same data is refused in words', async () => {
    expect(() => place.command('start')).toThrow(/đang chạy trên thư mục dữ liệu này/)
  })

  test('every demo login is listed, and gets a token', () => {
    const users = JSON.parse(place.command('demo', 'users', '--json')) as { login: string; kind: string; posts: { role: string; unitCode: string; unitName: string }[] }[]
    expect(users.length).toBeGreaterThan(5000)
    expect(users.filter((one) => one.kind === 'citizen')).toHaveLength(12)
    const desk = users.find((one) => one.posts.some((post) => post.role === 'mot_cua' && post.unitCode === '14797'))!
    expect(place.token(desk.login)).toMatch(/^ts_/)
    expect(() => place.token('khong.co')).toThrow()
  })
})

describe('kill -9 of the whole process group', () => {
  test('right after an acknowledged submission: it is there after the restart, once, with its work', async () => {
    const token = place.token('congdan1')
    const officer = place.token('motcua.14797')
    const sent = await submitOne(token)
    await platform.kill()
    expect(await until(() => place.postgresPids().length === 0)).toBe(true) // no orphan
    platform = await place.start(30_000)
    expect(platform.took).toBeLessThan(10_000)
    const found = await call<Answer>(token, 'GET', `/dossiers/${sent.code}`)
    expect(found.body).toMatchObject({ id: sent.id, code: sent.code, state: 'MOI_DANG_KY' })
    const again = await call<Answer>(token, 'POST', `/dossiers/${sent.id}/submission`, {})
    expect(again.body.code).toBe(sent.code)
    const work = await call<{ items: { dossier: string }[] }>(officer, 'GET', `/work?dossier=${encodeURIComponent(sent.code)}`)
    expect(work.body.items).toHaveLength(1)
  })

  test('four times at any moment of busy submitting: every acknowledged dossier is there once, numbers have no gaps', async () => {
    const token = place.token('congdan2')
    const codes: string[] = []
    for (let round = 0; round < 4; round++) {
      let killed = false
      const busy = Array.from({ length: 6 }, async () => {
        while (!killed) {
          const sent = await submitOne(token).catch(() => null)
          if (sent?.code) codes.push(sent.code)
        }
      })
      // under way, on however slow a machine; then at another moment each time
      expect(await until(async () => codes.length >= 2 * (round + 1), 30_000)).toBe(true)
      await new Promise((done) => setTimeout(done, 40 + round * 110))
      await platform.kill()
      killed = true
      await Promise.all(busy)
      platform = await place.start(30_000)
    }
    expect(codes.length).toBeGreaterThan(5)
    expect(new Set(codes).size).toBe(codes.length)
    const all: { code: string | null; state: string }[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { body: { items: { code: string | null; state: string }[]; next: string | null } } = await call(token, 'GET', `/dossiers?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      all.push(...page.body.items)
      cursor = page.body.next
    }
    const submitted = all.filter((one) => one.state !== 'NHAP').map((one) => one.code!)
    for (const code of codes) expect(submitted.filter((one) => one === code)).toHaveLength(1)
    const numbers = submitted.map((code) => Number(code.split('-').at(-1))).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, at) => at + numbers[0]!)) // one day, one unit: no gap
  }, 240_000)
})

describe('the database alone', () => {
  test('killed: the next request after it is back is served, without a restart of the server', async () => {
    const token = place.token('congdan1')
    const [leader] = place.postgresPids()
    process.kill(leader!, 'SIGKILL')
    const answered = await until(async () => (await fetch(`${platform.url}/healthz`).catch(() => null))?.ok === true, 30_000)
    expect(answered).toBe(true)
    const sent = await submitOne(token)
    expect(sent.state).toBe('MOI_DANG_KY')
  })
})

describe('a stop', () => {
  test('by SIGTERM is graceful, a stale lock is not in the way, a warm start is quick', async () => {
    await platform.stop()
    expect(place.postgresPids()).toEqual([])
    const began = performance.now()
    platform = await place.start()
    expect((await fetch(`${platform.url}/`)).status).toBe(200)
    expect(performance.now() - began).toBeLessThan(10_000) // 5 s on a quiet machine; two cores shared with other tests here
  })

  test('a taken port is named', async () => {
    const other = await Place.make()
    const squatter: Server = createServer()
    await new Promise<void>((listening) => squatter.listen(other.port, '127.0.0.1', listening))
    try {
      expect(() => other.command('start')).toThrow(new RegExp(`Cổng ${other.port} đang có chương trình khác dùng`))
    } finally {
      squatter.close()
      other.remove()
    }
  })
})
