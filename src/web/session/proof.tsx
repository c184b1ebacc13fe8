// Proving oneself again where one is: the locked screen and the question before sensitive acts. What was typed goes along and is not lost.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import type { Officer } from '#core/policy/actor.ts'
import { confirmSelf, relyingParty } from '#modules/identity/index.ts'
import { Actions, Alert, Button, Form, Notice, PageHeading } from '#ui/index.ts'
import { sendPage, sendTrouble, wantsJson } from './answer.tsx'
import { SAFE_METHODS } from './csrf.ts'
import { safeReturnTo } from './return-to.ts'

/** Fields that carry the proof; taken out before anything else sees the body. */
export const PROOF = { password: '_proof_password', code: '_proof_code' } as const

export type Purpose = 'unlock' | 'sensitive'

export interface Proven {
  readonly who: Officer
  readonly sessionId: string
  readonly hasFactor: boolean
}

type Fields = readonly (readonly [string, string])[]

/** What the page about to be covered had sent; files cannot be kept. */
function keptOf(request: FastifyRequest): Fields {
  if (SAFE_METHODS.has(request.method) || !/^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')) return []
  const body = (request.body ?? {}) as Record<string, unknown>
  return Object.entries(body)
    .filter(([name]) => name !== '_csrf' && !Object.values(PROOF).includes(name as never) && !/password/i.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const))
}

interface ProofView {
  readonly purpose: Purpose
  readonly name: string
  readonly hasFactor: boolean
  readonly passkeys: boolean
  /** Where the form goes: the act itself when there is something to do again, else the door that leads back. */
  readonly action: string
  readonly returnTo: string | null
  readonly kept: Fields
  readonly lost: boolean
  readonly error?: string
}

const WORDS = {
  unlock: {
    title: 'Màn hình đang khóa',
    lead: 'Đã lâu không có thao tác nên phiên làm việc được khóa. Xác nhận đúng ông/bà để làm tiếp từ chỗ đang dở.',
    button: 'Mở khóa',
  },
  sensitive: {
    title: 'Xác nhận lại trước khi làm',
    lead: 'Việc này đổi quyền, khóa đăng nhập hoặc quy định áp dụng cho nhiều người, nên cần xác nhận lại đúng ông/bà.',
    button: 'Xác nhận và làm tiếp',
  },
} as const

function ProofPage({ purpose, name, hasFactor, passkeys, action, returnTo, kept, lost, error }: ProofView) {
  const { title, lead, button } = WORDS[purpose]
  const byCode = purpose === 'sensitive' && hasFactor
  return (
    <div class="stack measure">
      <PageHeading title={title} lead={lead} />
      {error && <Alert><p>{error}</p></Alert>}
      {kept.length > 0 && <Notice><p>Nội dung vừa gửi còn giữ ở trang này và được gửi đi ngay khi xác nhận xong.</p></Notice>}
      {lost && <Notice tone="warn"><p>Tệp vừa chọn không giữ được ở trang này. Xác nhận xong, hãy chọn lại tệp.</p></Notice>}
      <Form action={action} id="proof" label={title}>
        {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
        {kept.map(([key, value]) => <input type="hidden" name={key} value={value} />)}
        <p>Đang làm việc với tên <b>{name}</b>.</p>
        {byCode ? (
          <div class="q">
            <label class="label" for="code">Mã 6 số trên ứng dụng, hoặc mã khôi phục</label>
            <input id="code" name={PROOF.code} type="text" inputMode="numeric" autocomplete="one-time-code" spellcheck={false} aria-required="true" autofocus />
          </div>
        ) : (
          <div class="q">
            <label class="label" for="password">Mật khẩu</label>
            <input id="password" name={PROOF.password} type={'password' as 'text'} autocomplete="current-password" aria-required="true" autofocus />
          </div>
        )}
        <Actions><Button look="primary" busyText="Đang kiểm tra…">{button}</Button></Actions>
      </Form>
      {passkeys && <PasskeyButton way="confirm" submits="proof" label="Dùng khóa truy cập" />}
      <Form action="/sign-out"><p class="soft">Không phải ông/bà? <button class="as-link">Đăng xuất</button></p></Form>
    </div>
  )
}

/** Filled by the script where the browser knows passkeys; empty without. */
export const PasskeyButton = ({ way, submits, to, label }: { way: 'sign-in' | 'enrol' | 'confirm'; submits?: string; to?: string; label: string }) => (
  <div data-passkey={way} data-submits={submits} data-to={to} hidden>
    <Actions><Button type="button" icon="lock">{label}</Button></Actions>
    <p class="fault" role="alert" />
  </div>
)

/** Asks for the proof; the page stands where the one asked for would. */
export function askProof(request: FastifyRequest, reply: FastifyReply, purpose: Purpose, { who, hasFactor }: Proven, error?: string): FastifyReply {
  const code = purpose === 'unlock' ? 'session.locked' : 'session.confirm'
  if (wantsJson(request)) {
    return sendTrouble(request, reply, {}, { status: 401, code, title: WORDS[purpose].title, detail: `${WORDS[purpose].lead} Mở lại trang trong trình duyệt để xác nhận.` }) as FastifyReply
  }
  const safe = SAFE_METHODS.has(request.method)
  const multipart = /^multipart\//i.test(request.headers['content-type'] ?? '')
  const door = purpose === 'unlock' ? '/account/lock' : '/account/confirm'
  const own = request.url.split('?')[0] === door
  const back = own ? safeReturnTo(((request.body ?? request.query ?? {}) as Record<string, unknown>)['returnTo']) : safe ? safeReturnTo(request.url) : multipart ? refererOf(request) : null
  const again = !safe && !multipart && !own
  const view: ProofView = {
    purpose, name: who.name, hasFactor, passkeys: hasFactor && relyingParty(request.ctx).usable, error, lost: multipart,
    action: again ? request.url : door, returnTo: again ? null : back, kept: again ? keptOf(request) : [],
  }
  return sendPage(request, reply, {}, purpose === 'unlock' ? 401 : 403, WORDS[purpose].title, <ProofPage {...view} />) as FastifyReply
}

const refererOf = (request: FastifyRequest): string | null => {
  const from = URL.parse(request.headers.referer ?? '')
  return from && from.origin === new URL(request.ctx.publicUrl).origin ? safeReturnTo(from.pathname + from.search) : null
}

/** Checks the proof that came with the body, if one came, and takes it out. True: proven; false: none came; else what to tell. */
export async function proofGiven(request: FastifyRequest, { who, sessionId }: Proven, purpose: Purpose): Promise<boolean | string> {
  const body = request.body as Record<string, unknown> | null | undefined
  if (!body || typeof body !== 'object') return false
  const [password, code] = [body[PROOF.password], body[PROOF.code]]
  delete body[PROOF.password]
  delete body[PROOF.code]
  if (typeof password !== 'string' && typeof code !== 'string') return false
  try {
    await confirmSelf(request.ctx, who, { sessionId, password: typeof password === 'string' ? password : undefined, code: typeof code === 'string' ? code : undefined }, purpose)
    return true
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error.message
    throw error
  }
}
