// Accounts for their administrators: find one, see how it stands, unlock, stop, open again, take off a lost second factor.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Forbidden, Invalid } from '#core/errors.ts'
import { holds } from '#core/policy/actor.ts'
import { formatDate, formatDateTime } from '#core/text/index.ts'
import { type Account, disableAccount, enableAccount, listAccounts, needAccount, resetFactors, setPassword, unlock } from '#modules/identity/index.ts'
import { Actions, Button, EmptyState, ErrorSummary, Form, Notice, PageHeading, SearchBox, type ShownError, StatusTag, SummaryList, Table } from '#ui/index.ts'
import { bodyOf, one, queryOf } from '../desk/answers.tsx'
import { say } from '../desk/flash.ts'
import { sendDesk, UNIT_KEEPERS } from '../desk/frame.tsx'
import { seeOther } from '../page.tsx'

const href = (account: { officerId: string }, rest = ''): string => `/admin/accounts/${encodeURIComponent(account.officerId)}${rest}`

function Standing({ account }: { account: Account }) {
  if (account.disabledAt) return <StatusTag tone="bad">{account.disabledWhy === 'unused' ? 'Ngưng vì lâu không dùng' : 'Đang ngưng'}</StatusTag>
  if (account.lockedUntil) return <StatusTag tone="warn">Đang khóa vì nhập sai</StatusTag>
  return <StatusTag tone="good">Dùng được</StatusTag>
}

function Factor({ account: { totp, passkeys, mustHaveFactor } }: { account: Account }) {
  const words = [...(totp ? ['ứng dụng tạo mã'] : []), ...(passkeys > 0 ? [`${passkeys} khóa truy cập`] : [])].join(', ')
  if (words) return <StatusTag tone="good">{words.charAt(0).toUpperCase() + words.slice(1)}</StatusTag>
  return mustHaveFactor ? <StatusTag tone="bad">Bắt buộc nhưng chưa bật</StatusTag> : <span class="soft">Chưa bật</span>
}

function AccountsScreen({ q, found }: { q: string; found: readonly Account[] }) {
  return (
    <>
      <PageHeading title="Tài khoản" lead="Tìm theo họ tên hoặc tên đăng nhập. Chỉ thấy tài khoản của đơn vị mình quản trị." />
      <SearchBox action="/admin/accounts" label="Họ tên hoặc tên đăng nhập" value={q} />
      {q !== '' && found.length === 0 && <EmptyState icon="search" title="Không tìm thấy tài khoản nào"><p>Thử bớt chữ, hoặc gõ phần đầu của tên đăng nhập.</p></EmptyState>}
      {found.length > 0 && (
        <Table
          caption="Tài khoản" captionHidden rows={found} empty="" rowHref={(row) => href(row)}
          columns={[
            { key: 'name', label: 'Họ tên', main: true, cell: (row) => row.name },
            { key: 'login', label: 'Tên đăng nhập', tight: true, cell: (row) => row.login },
            { key: 'post', label: 'Chức danh', cell: (row) => <span class="clip">{row.posts.map((post) => `${post.title}, ${post.unitName}`).join('; ') || 'Không giữ chức danh'}</span> },
            { key: 'state', label: 'Tình trạng', cell: (row) => <Standing account={row} /> },
            { key: 'factor', label: 'Lớp thứ hai', cell: (row) => <Factor account={row} /> },
            { key: 'last', label: 'Đăng nhập gần nhất', tight: true, cell: (row) => (row.signedInAt ? formatDate(row.signedInAt) : 'Chưa lần nào') },
          ]}
        />
      )}
    </>
  )
}

type Act = 'reset' | 'disable' | 'enable' | 'password'
const Reason = ({ id, label, hint, value, fault }: { id: string; label: string; hint?: string; value: string; fault?: string }) => (
  <div class={fault ? 'q wrong' : 'q'}>
    <label class="label" for={id}>{label}</label>
    {fault && <p class="fault" id={`${id}--error`}><span class="sr">Lỗi: </span>{fault}</p>}
    {hint && <p class="hint">{hint}</p>}
    <textarea id={id} name="reason" rows={2} maxLength={500} aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${id}--error` : undefined}>{value}</textarea>
  </div>
)

function AccountScreen({ account, wrong }: { account: Account; wrong?: { act: Act; errors: readonly ShownError[]; reason: string } }) {
  const faultOf = (act: Act) => (wrong?.act === act ? wrong.errors.map(({ message }) => message).join(' ') : undefined)
  const said = (act: Act) => (wrong?.act === act ? wrong.reason : '')
  return (
    <div class="measure stack">
      <PageHeading title={account.name} lead={account.login} meta={<><Standing account={account} /><Factor account={account} /></>} />
      {wrong && <ErrorSummary errors={wrong.errors} />}
      <SummaryList
        rows={[
          { label: 'Chức danh', value: account.posts.map((post) => `${post.title}, ${post.unitName}`).join('\n') || 'Hôm nay không giữ chức danh nào' },
          { label: 'Đăng nhập gần nhất', value: account.signedInAt ? formatDateTime(account.signedInAt) : 'Chưa lần nào' },
          { label: 'Mật khẩu đặt ngày', value: formatDate(account.changedAt) },
        ]}
      />
      {account.lockedUntil && (
        <section><h2>Đang khóa</h2><p>Nhập sai quá 5 lần, tự mở lúc {formatDateTime(account.lockedUntil)}.</p>
          <Form action={href(account, '/unlocking')}><Actions><Button look="primary">Mở khóa ngay</Button></Actions></Form></section>
      )}
      {(account.totp || account.passkeys > 0) && (
        <section>
          <h2>Mất điện thoại, mất khóa</h2>
          <Notice tone="warn"><p>Gặp trực tiếp hoặc gọi số đã biết để chắc đúng người. Đặt lại sẽ gỡ mọi lớp thứ hai, kết thúc mọi phiên và báo cho chủ tài khoản.</p></Notice>
          <Form action={href(account, '/reset')} label="Đặt lại lớp xác thực thứ hai">
            <Reason id="reset" label="Lý do và cách đã xác minh" hint="Ví dụ: mất điện thoại ngày 20/11, đã gặp trực tiếp và xem thẻ công chức." value={said('reset')} fault={faultOf('reset')} />
            <Actions><Button look="danger">Đặt lại lớp xác thực thứ hai</Button></Actions>
          </Form>
        </section>
      )}
      <section>
        <h2>Đặt mật khẩu tạm</h2>
        <Form action={href(account, '/password')} label="Đặt mật khẩu tạm">
          <div class={faultOf('password') ? 'q wrong' : 'q'}>
            <label class="label" for="password">Mật khẩu tạm</label>
            {faultOf('password') && <p class="fault"><span class="sr">Lỗi: </span>{faultOf('password')}</p>}
            <p class="hint">Đưa tận tay; nhắc đổi ngay ở trang Bảo mật đăng nhập. Mọi phiên đang mở kết thúc.</p>
            <input id="password" name="password" type={'password' as 'text'} autocomplete="new-password" />
          </div>
          <Actions><Button>Đặt mật khẩu</Button></Actions>
        </Form>
      </section>
      <section>
        <h2>{account.disabledAt ? 'Mở lại tài khoản' : 'Tạm ngưng tài khoản'}</h2>
        {account.disabledAt ? (
          <Form action={href(account, '/enabling')} label="Mở lại tài khoản"><Reason id="enable" label="Lý do mở lại" value={said('enable')} fault={faultOf('enable')} /><Actions><Button look="primary">Mở lại</Button></Actions></Form>
        ) : (
          <Form action={href(account, '/disabling')} label="Tạm ngưng tài khoản"><Reason id="disable" label="Lý do tạm ngưng" value={said('disable')} fault={faultOf('disable')} /><Actions><Button look="danger">Tạm ngưng</Button></Actions></Form>
        )}
      </section>
    </div>
  )
}

type Id = { Params: { id: string } }

export async function accountRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('preHandler', async (request) => {
    if (!holds(request.ctx.actor, UNIT_KEEPERS)) throw new Forbidden('identity.not_administrator', 'Tài khoản do quản trị đơn vị và quản trị hệ thống giữ.')
  })
  const sensitive = { config: { confirm: true } } as const

  app.get('/accounts', async (request, reply) => {
    const q = one(queryOf(request), 'q').normalize('NFC').slice(0, 100)
    return sendDesk(request, reply, { title: 'Tài khoản', here: 'accounts' }, <AccountsScreen q={q} found={q === '' ? [] : await listAccounts(request.ctx, q)} />)
  })

  const show = async (request: FastifyRequest, reply: FastifyReply, id: string, wrong?: { act: Act; errors: readonly ShownError[]; reason: string }) => {
    const account = await needAccount(request.ctx, id)
    return sendDesk(request, reply, { title: account.name, here: 'accounts', status: wrong ? 422 : 200, crumbs: [{ label: 'Tài khoản', href: '/admin/accounts' }, { label: account.name }] },
      <AccountScreen account={account} wrong={wrong} />)
  }
  app.get<Id>('/accounts/:id', (request, reply) => show(request, reply, request.params.id))

  /** Does the act and says so; its faults stand on the account's page with what was written. */
  const deed = (act: Act, message: string, run: (request: FastifyRequest, account: Account, reason: string) => Promise<unknown>) =>
    async (request: FastifyRequest<Id>, reply: FastifyReply) => {
      const account = await needAccount(request.ctx, request.params.id)
      const reason = one(bodyOf(request), 'reason')
      try {
        await run(request, account, reason)
      } catch (error) {
        if (error instanceof Invalid) return show(request, reply, account.officerId, { act, errors: error.fields, reason })
        throw error
      }
      say(request, reply, { message })
      return seeOther(reply, href(account))
    }

  app.post<Id>('/accounts/:id/unlocking', deed('enable', 'Đã mở khóa.', (request, account) => unlock(request.ctx, { login: account.login })))
  app.post<Id>('/accounts/:id/reset', sensitive, deed('reset', 'Đã đặt lại lớp xác thực thứ hai. Chủ tài khoản đăng nhập bằng mật khẩu rồi bật lại.', (request, account, reason) => resetFactors(request.ctx, { officerId: account.officerId, reason })))
  app.post<Id>('/accounts/:id/disabling', sensitive, deed('disable', 'Đã tạm ngưng tài khoản.', (request, account, reason) => disableAccount(request.ctx, { officerId: account.officerId, reason })))
  app.post<Id>('/accounts/:id/enabling', sensitive, deed('enable', 'Đã mở lại tài khoản.', (request, account, reason) => enableAccount(request.ctx, { officerId: account.officerId, reason })))
  app.post<Id>('/accounts/:id/password', sensitive, deed('password', 'Đã đặt mật khẩu tạm.', (request, account) => setPassword(request.ctx, { officerId: account.officerId, password: one(bodyOf(request), 'password') })))
}
