// A list of people taken on at once: each gets a post, an account and a password given out once; all of them or none.

import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { Conflict, Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { ROLES } from '#core/policy/actor.ts'
import { fold } from '#core/text/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { addOfficers, canGiveHolding, getUnit, giveHoldingWithin, listPosts, type PostRow } from '#modules/org/index.ts'
import { credentialsCreated } from './events.ts'
import { hashPassword } from './passwords.ts'
import { LOGIN_SHAPE } from './schema.ts'
import * as store from './store.ts'

export const TakeOnInput = z.object({
  unit: z.string(),
  /** As pasted from a sheet: name, post, telephone, login; parted by tabs or semicolons. */
  list: z.string('Dán danh sách cán bộ.').trim().min(3, 'Dán danh sách cán bộ, mỗi người một dòng.').max(50_000, 'Danh sách quá dài; chia thành nhiều lần.').transform((text) => text.normalize('NFC')),
})

export interface Taken {
  readonly line: number
  readonly fullName: string
  readonly phone: string | null
  readonly login: string
  readonly post: PostRow | null
  readonly fault: string | null
}

const cells = (line: string): string[] => line.split(/\t|;/u).map((one) => one.trim())
const PERSON = /^\p{L}[\p{L}\p{M}'’.\s-]{2,119}$/u
const HEADING = /^(họ( và)? tên|stt)/iu

/** 'Nguyễn Văn Ánh' in unit 14797 is anhnv.14797. */
export function loginFor(fullName: string, unitCode: string): string {
  const words = fold(fullName).replaceAll(/[^a-z\s]/g, '').split(/\s+/).filter(Boolean)
  const last = words.at(-1) ?? 'canbo'
  return `${last}${words.slice(0, -1).map((word) => word[0]).join('')}.${unitCode.toLowerCase()}`
}

const named = (post: PostRow, asked: string): boolean => {
  const wanted = fold(asked)
  return fold(post.title) === wanted || fold(post.role in ROLES ? ROLES[post.role as keyof typeof ROLES] : post.role) === wanted
}

const number = (digits: string | null): string => (digits ?? '').replace(/^\+?84/, '0')

/** One person on two lines would get two accounts. Two of one name are told apart by their telephones. */
function sameAs(above: readonly Taken[], fullName: string, digits: string): string | null {
  const [name, phone] = [fold(fullName), number(digits)]
  const called = above.find((row) => phone !== '' && number(row.phone) === phone)
  if (called) return `Số điện thoại ${digits} đã có ở dòng ${called.line}: mỗi người một dòng, một số. Người giữ hai chức danh thì ghi một dòng, rồi giao thêm ở mục Chức danh.`
  const named = above.find((row) => fold(row.fullName) === name && (phone === '' || number(row.phone) === ''))
  return named ? `${fullName} đã có ở dòng ${named.line}. Cùng một người thì bỏ một dòng (chức danh thứ hai giao ở mục Chức danh); hai người cùng tên thì ghi số điện thoại của cả hai.` : null
}

/** What a list would do, line by line: which free post each gets, under which login; and what is wrong with it. Throws Forbidden for a unit of others. */
export async function readList(ctx: Ctx, input: z.input<typeof TakeOnInput>): Promise<Taken[]> {
  const { unit: id, list } = parseInput(TakeOnInput, input)
  const unit = await getUnit(ctx.db, id)
  const posts = await listPosts(ctx.db, { within: unit.path, on: localDate(ctx.now), limit: 1000 })
  const refused = posts[0] ? canGiveHolding(posts[0], '', ctx.actor) : null
  orThrow(refused)
  const free = posts.filter((post) => post.holder === null)
  const lines = list.split('\n').map((text, at) => ({ text, line: at + 1 })).filter(({ text }) => text.trim() !== '' && !HEADING.test(text.trim()))
  const logins = new Set<string>()
  const rows: Taken[] = []
  for (const { text, line } of lines) {
    const [fullName = '', title = '', phone = '', asked = ''] = cells(text)
    // a line without a proper name takes no post from those below it
    const at = PERSON.test(fullName) ? free.findIndex((post) => named(post, title)) : -1
    const post = at < 0 ? null : free.splice(at, 1)[0]!
    let login = asked.toLowerCase() || loginFor(fullName, unit.code)
    if (!asked) for (let n = 2; logins.has(login) || (await store.credentialByLogin(ctx.db, login)); n++) login = loginFor(fullName, unit.code).replace('.', `${n}.`)
    const digits = phone.replaceAll(/[\s.-]/g, '')
    rows.push({ line, fullName, phone: digits || null, login, post, fault: sameAs(rows, fullName, digits) ?? (await faultOf({ fullName, title, digits, login, post, taken: logins })) })
    logins.add(login)
  }
  return rows

  async function faultOf({ fullName, title, digits, login, post, taken }: { fullName: string; title: string; digits: string; login: string; post: PostRow | null; taken: ReadonlySet<string> }): Promise<string | null> {
    if (!PERSON.test(fullName)) return 'Họ và tên chưa đúng.'
    if (digits && !/^(?:\+?84|0)\d{9,10}$/.test(digits)) return `Số điện thoại “${digits}” chưa đúng.`
    if (!title) return 'Thiếu chức danh ở cột thứ hai.'
    if (!post) return posts.some((one) => named(one, title)) ? `Chức danh “${title}” đã đủ người giữ.` : `Đơn vị không có chức danh “${title}”. Chức danh còn trống: ${[...new Set(free.map((one) => one.title))].slice(0, 8).join(', ') || 'không còn'}.`
    if (!LOGIN_SHAPE.test(login)) return `Tên đăng nhập “${login}” chưa đúng; chỉ chữ không dấu, số, dấu chấm.`
    return taken.has(login) || (await store.credentialByLogin(ctx.db, login)) ? `Tên đăng nhập “${login}” đã có người dùng.` : null
  }
}

const WORDS = 'sen mai lan cau tre lua dao me bau na hoi que gao ngo khoai chuoi cam buoi nhan vai mit xoai dua oi hong sung trau bo de ga vit cua tom muc song nui bien rung dong bai ghe chai luoi neo'.split(' ')
const word = (): string => {
  const text = WORDS[randomInt(WORDS.length)]!
  return text[0]!.toUpperCase() + text.slice(1)
}

/** Read out over a telephone without a mistake; changed by its owner before anything else. */
export const givenPassword = (): string => `${word()}-${word()}-${word()}-${word()}-${randomInt(1000, 10_000)}`

export interface TakenOn {
  readonly fullName: string
  readonly title: string
  readonly login: string
  /** Shown once and kept nowhere. */
  readonly password: string
}

/** Takes everybody of the list on, or nobody. Throws Forbidden; Invalid naming every faulty line; Conflict when a post or login was taken meanwhile. */
export async function takeOn(ctx: Ctx, input: z.input<typeof TakeOnInput>): Promise<TakenOn[]> {
  const rows = await readList(ctx, input)
  const faults = rows.filter((row) => row.fault)
  if (rows.length === 0) throw new Invalid([{ key: 'list', message: 'Danh sách chưa có dòng nào.' }])
  if (faults.length > 0) throw new Invalid(faults.map((row) => ({ key: `list.${row.line}`, message: `Dòng ${row.line}: ${row.fault}` })), 'Danh sách còn dòng cần sửa; chưa có tài khoản nào được lập.')
  const people = rows.map((row) => ({ ...row, officer: `o-${randomUUID()}`, password: givenPassword() }))
  const hashes = await Promise.all(people.map((one) => hashPassword(one.password)))
  try {
    await inTransaction(ctx.db, async (tx) => {
      await addOfficers(tx, people.map((one) => ({ id: one.officer, fullName: one.fullName, phone: one.phone })))
      for (const [at, one] of people.entries()) {
        await giveHoldingWithin(ctx, tx, { post: one.post!.id, officer: one.officer, from: localDate(ctx.now) })
        await store.addGivenOut(tx, { officerId: one.officer, login: one.login, passwordHash: hashes[at]!, at: ctx.now })
      }
      await emit(tx, ctx, credentialsCreated, 'identity', { count: people.length })
    })
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    throw new Conflict('identity.login_taken', 'Vừa có người khác lập tài khoản trùng tên đăng nhập. Xem lại danh sách rồi làm lại.')
  }
  return people.map((one) => ({ fullName: one.fullName, title: one.post!.title, login: one.login, password: one.password }))
}
