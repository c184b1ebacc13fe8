// The pages of sign-in and account, for citizens first: large, plain, whole without JavaScript.

import { formatDate } from '#core/text/index.ts'
import type { Post } from '#core/policy/actor.ts'
import { formatDateTime } from '#core/text/dates.ts'
import { ROLES } from '#core/policy/actor.ts'
import { deviceWords, type Proof, type SessionRow, type SignInRow } from '#modules/identity/index.ts'
import { PasskeyButton } from './proof.tsx'
import {
  Actions,
  Alert,
  Button,
  ErrorSummary,
  Flash,
  Form,
  LinkButton,
  Notice,
  PageHeading,
  type ShownError,
  StatusTag,
  Table,
} from '#ui/index.ts'
import { withReturnTo } from './return-to.ts'

const ReturnTo = ({ to }: { to: string | null }) => (to === null ? null : <input type="hidden" name="returnTo" value={to} />)

interface InputProps {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'password'
  readonly autocomplete: 'username' | 'current-password'
  readonly value?: string
  readonly errors: readonly ShownError[]
}

function Input({ name, label, type, autocomplete, value, errors }: InputProps) {
  const faults = errors.filter(({ key }) => key === name)
  const wrong = faults.length > 0
  return (
    <div class={wrong ? 'q wrong' : 'q'}>
      <label class="label" for={name}>
        {label}
      </label>
      {wrong && (
        <p class="fault" id={`${name}--error`}>
          <span class="sr">Lỗi: </span>
          {faults.map(({ message }) => message).join(' ')}
        </p>
      )}
      <input
        id={name}
        name={name}
        type={type as 'text'}
        autocomplete={autocomplete}
        value={value}
        spellcheck={false}
        autoCapitalize="none"
        aria-required="true"
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${name}--error` : undefined}
      />
    </div>
  )
}

export interface SignInView {
  readonly returnTo: string | null
  readonly login?: string
  readonly errors?: readonly ShownError[]
  /** Somebody is signed in already. */
  readonly me?: { readonly name: string; readonly home: string } | null
  /** Whether passkeys work at this address. */
  readonly passkeys?: boolean
  /** A session was there and is no more. */
  readonly ended?: boolean
}

/** Two doors: VNeID for citizens, password for officers. */
export function SignInPage({ returnTo, login, errors = [], me, ended, passkeys }: SignInView) {
  return (
    <div class="stack">
      <PageHeading title="Đăng nhập" />
      {ended && (
        <Notice tone="warn">
          <p>Phiên làm việc trước đã kết thúc. Đăng nhập lại để tiếp tục; những gì đã lưu vẫn còn nguyên.</p>
        </Notice>
      )}
      {me && (
        <Notice>
          <p>
            Bạn đang đăng nhập với tên <b>{me.name}</b>. <a href={me.home}>Tiếp tục</a>, hoặc đăng nhập bằng tài khoản khác ở dưới.
          </p>
        </Notice>
      )}
      {errors.length > 0 && <ErrorSummary errors={errors} title="Chưa đăng nhập được" />}
      <section aria-labelledby="citizens">
        <h2 id="citizens">Công dân, doanh nghiệp</h2>
        <p class="measure">
          Dùng tài khoản định danh điện tử VNeID. Bạn sẽ sang trang của VNeID, chọn thông tin muốn chia sẻ, rồi quay lại đây.
        </p>
        <Actions>
          <LinkButton
            look={errors.length > 0 || login ? 'secondary' : 'primary'}
            icon="user"
            href={withReturnTo('/sign-in/vneid', returnTo)}
          >
            Đăng nhập bằng VNeID
          </LinkButton>
        </Actions>
      </section>
      <section aria-labelledby="officers">
        <h2 id="officers">Cán bộ, công chức</h2>
        <Form action="/sign-in/officer" label="Đăng nhập của cán bộ">
          <ReturnTo to={returnTo} />
          <Input name="login" label="Tên đăng nhập" type="text" autocomplete="username" value={login} errors={errors} />
          <Input name="password" label="Mật khẩu" type="password" autocomplete="current-password" errors={errors} />
          <Actions>
            <Button busyText="Đang đăng nhập…">Đăng nhập</Button>
          </Actions>
        </Form>
        {passkeys && <PasskeyButton way="sign-in" to={returnTo ?? undefined} label="Đăng nhập bằng khóa truy cập" />}
        <p class="soft">Quên mật khẩu, mất điện thoại: nhờ quản trị đơn vị đặt lại.</p>
      </section>
    </div>
  )
}

/** The second step: a code of the app or a recovery code; a passkey does for both steps. */
export function SecondFactorPage({ returnTo, totp, passkeys, errors = [] }: { returnTo: string | null; totp: boolean; passkeys: boolean; errors?: readonly ShownError[] }) {
  const fault = errors.map(({ message }) => message).join(' ')
  return (
    <div class="stack measure">
      <PageHeading title="Xác thực lớp thứ hai" lead={totp ? 'Mật khẩu đã đúng. Mở ứng dụng tạo mã trên điện thoại và nhập mã 6 số.' : 'Mật khẩu đã đúng. Dùng khóa truy cập, hoặc nhập một mã khôi phục.'} />
      {errors.length > 0 && <ErrorSummary errors={errors} title="Chưa đăng nhập được" />}
      <Form action="/sign-in/second-factor" label="Mã xác thực">
        <ReturnTo to={returnTo} />
        <div class={fault ? 'q wrong' : 'q'}>
          <label class="label" for="code">{totp ? 'Mã 6 số, hoặc một mã khôi phục' : 'Mã khôi phục'}</label>
          {fault && <p class="fault" id="code--error"><span class="sr">Lỗi: </span>{fault}</p>}
          <input
            id="code" name="code" type="text" inputMode={totp ? 'numeric' : 'text'} autocomplete="one-time-code" spellcheck={false} autoCapitalize="none" aria-required="true"
            aria-invalid={fault ? true : undefined} aria-describedby={fault ? 'code--error' : undefined} autofocus
          />
        </div>
        <Actions><Button look="primary" busyText="Đang kiểm tra…">Đăng nhập</Button></Actions>
      </Form>
      {passkeys && <PasskeyButton way="sign-in" to={returnTo ?? undefined} label="Dùng khóa truy cập" />}
      <p class="soft">Mất điện thoại và hết mã khôi phục: nhờ quản trị đơn vị đặt lại lớp xác thực. <a href={withReturnTo('/sign-in', returnTo)}>Đăng nhập bằng tài khoản khác</a></p>
    </div>
  )
}

/** One button per post; choosing is one press. */
export function PostPage({
  posts,
  chosen,
  returnTo,
  refused,
}: {
  posts: readonly Post[]
  chosen: string | null
  returnTo: string | null
  refused?: string
}) {
  if (posts.length === 0) {
    return (
      <>
        <PageHeading title="Bạn hiện không giữ chức danh nào" />
        <p class="measure">
          Hôm nay hệ thống không ghi nhận chức danh nào của bạn nên chưa có việc để làm. Nếu bạn vừa nhận nhiệm vụ mới, nhờ quản trị đơn vị
          cập nhật.
        </p>
        <Form action="/sign-out">
          <Actions>
            <Button>Đăng xuất</Button>
          </Actions>
        </Form>
      </>
    )
  }
  return (
    <>
      <PageHeading title="Chọn chức danh làm việc" lead="Mỗi lúc bạn làm việc với một chức danh. Đổi được bất cứ khi nào." />
      {refused && (
        <Alert>
          <p>{refused}</p>
        </Alert>
      )}
      <Form action="/account/post">
        <ReturnTo to={returnTo} />
        <div class="cards">
          {posts.map((post) => (
            <div class="card">
              <h2>{post.title}</h2>
              <p>{post.unitName}</p>
              {post.onBehalfOf && <p>{post.onBehalfOf.prefix ?? 'Làm'} thay {post.onBehalfOf.officerName}, đến hết {formatDate(post.onBehalfOf.until)}</p>}
              {ROLES[post.role] !== post.title && <p class="soft">{ROLES[post.role]}</p>}
              {post.id === chosen && <StatusTag tone="good">Đang dùng</StatusTag>}
              <Actions>
                <Button name="postId" value={post.id} look={chosen === null && post === posts[0] ? 'primary' : 'secondary'}>
                  Làm việc với chức danh này
                  <span class="sr">
                    : {post.title}, {post.unitName}{post.onBehalfOf ? `, ${post.onBehalfOf.prefix ?? 'làm'} thay ${post.onBehalfOf.officerName}` : ''}
                  </span>
                </Button>
              </Actions>
            </div>
          ))}
        </div>
      </Form>
    </>
  )
}

const PROOFS: Readonly<Record<Proof, string>> = {
  vneid: 'VNeID', password: 'mật khẩu', totp: 'mật khẩu và mã trên ứng dụng', recovery: 'mật khẩu và mã khôi phục', passkey: 'khóa truy cập',
}

const OUTCOMES: Readonly<Record<SignInRow['outcome'], { tone: 'good' | 'warn' | 'bad'; words: string }>> = {
  in: { tone: 'good', words: 'Đã vào' }, wrong_password: { tone: 'warn', words: 'Sai mật khẩu' }, wrong_factor: { tone: 'warn', words: 'Sai mã xác thực' },
  locked: { tone: 'bad', words: 'Sai quá số lần, đã khóa' }, disabled: { tone: 'bad', words: 'Tài khoản đang ngưng' },
}

export interface SessionsView {
  readonly sessions: readonly SessionRow[]
  readonly current: string
  readonly done: boolean
  readonly history: readonly SignInRow[]
  readonly officer: boolean
}

export function SessionsPage({ sessions, current, done, history, officer }: SessionsView) {
  const others = sessions.filter(({ id }) => id !== current)
  return (
    <>
      <PageHeading title="Nơi bạn đang đăng nhập" lead="Thấy nơi nào lạ thì kết thúc phiên đó ngay." />
      {done && <Flash message="Đã kết thúc phiên đăng nhập." />}
      {officer && <p><a href="/account/security">Bảo mật đăng nhập: mật khẩu, ứng dụng tạo mã, khóa truy cập</a></p>}
      <div class="cards">
        {sessions.map((row) => (
          <div class="card">
            <h2>{deviceWords(row.userAgent)}</h2>
            <p>
              Đăng nhập lúc {formatDateTime(row.createdAt)} bằng {PROOFS[row.proof]}, dùng lần cuối lúc {formatDateTime(row.seenAt)}.
            </p>
            {row.ip && <p class="soft">Địa chỉ mạng {row.ip}</p>}
            {row.id === current ? (
              <StatusTag tone="good">Phiên này</StatusTag>
            ) : (
              <Form action={`/account/sessions/${row.id}/revocation`}>
                <Button>
                  Kết thúc
                  <span class="sr">
                    {' '}
                    phiên {deviceWords(row.userAgent)}, {formatDateTime(row.createdAt)}
                  </span>
                </Button>
              </Form>
            )}
          </div>
        ))}
      </div>
      {others.length > 0 && (
        <Form action="/account/sessions/others/revocation">
          <Actions>
            <Button look="danger">Kết thúc mọi phiên khác</Button>
          </Actions>
        </Form>
      )}
      <section aria-labelledby="history">
        <h2 id="history">Những lần đăng nhập gần đây</h2>
        <p class="soft measure">Giữ 90 ngày. Có lần nào không phải bạn thì {officer ? 'đổi mật khẩu và báo cán bộ an toàn thông tin.' : 'kết thúc phiên lạ và báo tổng đài VNeID.'}</p>
        <Table
          caption="Những lần đăng nhập gần đây" captionHidden rows={history} empty="Chưa có lần đăng nhập nào được ghi lại."
          columns={[
            { key: 'at', label: 'Khi nào', main: true, cell: (row) => formatDateTime(row.at) },
            { key: 'how', label: 'Kết quả', cell: (row) => <StatusTag tone={OUTCOMES[row.outcome].tone}>{OUTCOMES[row.outcome].words}</StatusTag> },
            { key: 'device', label: 'Thiết bị', cell: (row) => <>{row.device}{row.newDevice && <> <StatusTag tone="info">Thiết bị mới</StatusTag></>}</> },
            { key: 'ip', label: 'Địa chỉ mạng', cell: (row) => row.ip ?? '—' },
          ]}
        />
      </section>
    </>
  )
}
