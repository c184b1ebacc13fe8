// The pages of sign-in and account, for citizens first: large, plain, whole without JavaScript.

import type { Post } from '#core/policy/actor.ts'
import { formatDateTime } from '#core/text/dates.ts'
import { ROLES } from '#core/policy/actor.ts'
import type { SessionRow } from '#modules/identity/index.ts'
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
  /** A session was there and is no more. */
  readonly ended?: boolean
}

/** Two doors: VNeID for citizens, password for officers. */
export function SignInPage({ returnTo, login, errors = [], me, ended }: SignInView) {
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
        <p class="soft">Quên mật khẩu: nhờ quản trị đơn vị đặt lại.</p>
      </section>
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
              {ROLES[post.role] !== post.title && <p class="soft">{ROLES[post.role]}</p>}
              {post.id === chosen && <StatusTag tone="good">Đang dùng</StatusTag>}
              <Actions>
                <Button name="postId" value={post.id} look={chosen === null && post === posts[0] ? 'primary' : 'secondary'}>
                  Làm việc với chức danh này
                  <span class="sr">
                    : {post.title}, {post.unitName}
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

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/coc_coc_browser/, 'Cốc Cốc'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** "Chrome trên Windows", as far as the browser tells. */
export function deviceOf(userAgent: string | null): string {
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)]
  return browser ? (system ? `${browser} trên ${system}` : browser) : 'Thiết bị không rõ'
}

export function SessionsPage({ sessions, current, done }: { sessions: readonly SessionRow[]; current: string; done: boolean }) {
  const others = sessions.filter(({ id }) => id !== current)
  return (
    <>
      <PageHeading title="Nơi bạn đang đăng nhập" lead="Thấy nơi nào lạ thì kết thúc phiên đó ngay." />
      {done && <Flash message="Đã kết thúc phiên đăng nhập." />}
      <div class="cards">
        {sessions.map((row) => (
          <div class="card">
            <h2>{deviceOf(row.userAgent)}</h2>
            <p>
              Đăng nhập lúc {formatDateTime(row.createdAt)}, dùng lần cuối lúc {formatDateTime(row.seenAt)}.
            </p>
            {row.id === current ? (
              <StatusTag tone="good">Phiên này</StatusTag>
            ) : (
              <Form action={`/account/sessions/${row.id}/revocation`}>
                <Button>
                  Kết thúc
                  <span class="sr">
                    {' '}
                    phiên {deviceOf(row.userAgent)}, {formatDateTime(row.createdAt)}
                  </span>
                </Button>
              </Form>
            )}
          </div>
        ))}
      </div>
      {others.length > 1 && (
        <Form action="/account/sessions/others/revocation">
          <Actions>
            <Button look="danger">Kết thúc mọi phiên khác</Button>
          </Actions>
        </Form>
      )}
    </>
  )
}
