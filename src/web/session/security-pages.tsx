// The pages of "Bảo mật đăng nhập": what protects an officer's account, and how to add, renew and give up each piece.

import { formatDate, formatDateTime } from '#core/text/dates.ts'
import type { Factors } from '#modules/identity/index.ts'
import { Actions, Alert, Button, Code, ErrorSummary, Flash, Form, LinkButton, Notice, PageHeading, Qr, type ShownError, StatusTag, Timeline } from '#ui/index.ts'
import { PasskeyButton } from './proof.tsx'

export interface SecurityView {
  readonly factors: Factors
  readonly required: boolean
  /** Nothing else can be done before a factor is there. */
  readonly mustEnrol: boolean
  readonly requiredFrom: string | null
  readonly passkeys: boolean
  readonly said: string | null
  readonly news: readonly { readonly at: Date; readonly sentence: string }[]
}

export const SAID: Readonly<Record<string, string>> = {
  'ung-dung': 'Đã bật ứng dụng tạo mã. Lần đăng nhập sau sẽ hỏi mã.', 'go-ung-dung': 'Đã gỡ ứng dụng tạo mã.', khoa: 'Đã thêm khóa truy cập.', 'go-khoa': 'Đã gỡ khóa truy cập.',
  'mat-khau': 'Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.',
}

export function SecurityPage({ factors, required, mustEnrol, requiredFrom, passkeys, said, news }: SecurityView) {
  const { totp, passkeys: keys, codesLeft } = factors
  const any = totp !== null || keys.length > 0
  return (
    <>
      <PageHeading
        title="Bảo mật đăng nhập" lead="Lớp thứ hai giữ tài khoản an toàn cả khi lộ mật khẩu."
        meta={any ? <StatusTag tone="good">Đã bật lớp thứ hai</StatusTag> : <StatusTag tone={required ? 'bad' : 'warn'}>Chưa bật lớp thứ hai</StatusTag>}
      />
      {said && <Flash message={said} />}
      {mustEnrol && <Alert><p>Chức danh của ông/bà bắt buộc có lớp xác thực thứ hai (TCVN 14423:2026). Bật một trong hai cách dưới đây rồi làm việc tiếp.</p></Alert>}
      {!any && !mustEnrol && requiredFrom && <Notice tone="warn"><p>Từ ngày {formatDate(requiredFrom)}, chức danh của ông/bà bắt buộc có lớp thứ hai. Bật sớm để không phải dừng việc vào ngày đó.</p></Notice>}
      <div class="cards">
        <div class="card" role="group" aria-labelledby="totp">
          <h2 id="totp">Ứng dụng tạo mã</h2>
          <p>Mã 6 số đổi sau mỗi 30 giây trên điện thoại, không cần mạng.</p>
          {totp ? (
            <>
              <p><StatusTag tone="good">Đang bật</StatusTag> <span class="soft">từ {formatDate(totp.since)}</span></p>
              <Form action="/account/security/totp/removal"><Button>Gỡ ứng dụng tạo mã</Button></Form>
            </>
          ) : <Actions><LinkButton look={any ? 'secondary' : 'primary'} href="/account/security/totp">Bật ứng dụng tạo mã</LinkButton></Actions>}
        </div>
        <div class="card" role="group" aria-labelledby="keys">
          <h2 id="keys">Khóa truy cập</h2>
          <p>Vân tay, khuôn mặt, mã PIN của máy hoặc khóa USB. Đăng nhập không cần mật khẩu, không gõ mã, không lừa lấy được.</p>
          {keys.length > 0 && (
            <ul class="key-list">
              {keys.map((key) => (
                <li>
                  <b>{key.name}</b>
                  <span class="soft"> thêm {formatDate(key.createdAt)}{key.usedAt ? `, dùng lần cuối ${formatDateTime(key.usedAt)}` : ', chưa dùng lần nào'}</span>
                  <Form action={`/account/security/passkeys/${encodeURIComponent(key.id)}/removal`}><Button look="quiet">Gỡ<span class="sr"> khóa {key.name}</span></Button></Form>
                </li>
              ))}
            </ul>
          )}
          {passkeys
            ? <Actions><LinkButton href="/account/security/passkeys/new">Thêm khóa truy cập</LinkButton></Actions>
            : <p class="soft">Dùng được khi hệ thống mở bằng tên miền có https.</p>}
        </div>
        <div class="card" role="group" aria-labelledby="codes">
          <h2 id="codes">Mã khôi phục</h2>
          <p>Dùng khi mất điện thoại hoặc khóa. Mỗi mã một lần.</p>
          {any ? (
            <>
              <p>{codesLeft > 2 ? `Còn ${codesLeft} mã.` : <StatusTag tone="warn">{`Chỉ còn ${codesLeft} mã`}</StatusTag>}</p>
              <Form action="/account/security/codes"><Button>Tạo 10 mã mới<span class="sr">, mã cũ hết hiệu lực</span></Button></Form>
            </>
          ) : <p class="soft">Có ngay khi bật lớp thứ hai đầu tiên.</p>}
        </div>
        <div class="card" role="group" aria-labelledby="password">
          <h2 id="password">Mật khẩu</h2>
          <p>{any ? 'Đã có lớp thứ hai: ít nhất 8 ký tự.' : 'Chưa có lớp thứ hai: ít nhất 14 ký tự, có chữ và số.'} Không trùng 10 mật khẩu gần nhất.</p>
          <Actions><LinkButton href="/account/security/password">Đổi mật khẩu</LinkButton></Actions>
        </div>
      </div>
      <Actions><LinkButton look="quiet" href="/account/sessions">Nơi đang đăng nhập và những lần đăng nhập gần đây</LinkButton><LinkButton look="quiet" href="/desk">Về bàn làm việc</LinkButton></Actions>
      {news.length > 0 && (
        <section aria-labelledby="news">
          <h2 id="news">Thay đổi gần đây</h2>
          <Timeline label="Thay đổi về bảo mật, mới nhất trước" entries={news.map(({ at, sentence }) => ({ at, sentence }))} />
        </section>
      )}
    </>
  )
}

const Fault = ({ errors, name }: { errors: readonly ShownError[]; name: string }) => {
  const found = errors.filter(({ key }) => key === name)
  return found.length > 0 ? <p class="fault" id={`${name}--error`}><span class="sr">Lỗi: </span>{found.map(({ message }) => message).join(' ')}</p> : null
}

export function TotpPage({ secret, svg, errors = [] }: { secret: string; svg: string; errors?: readonly ShownError[] }) {
  return (
    <div class="stack measure">
      <PageHeading title="Bật ứng dụng tạo mã" />
      <ErrorSummary errors={errors} />
      <ol>
        <li>Cài một ứng dụng tạo mã trên điện thoại (FreeOTP, Aegis, Google Authenticator, Microsoft Authenticator).</li>
        <li>Trong ứng dụng, chọn quét mã QR và quét hình dưới đây.</li>
        <li>Nhập mã 6 số mà ứng dụng hiện ra.</li>
      </ol>
      <Qr alt="Mã QR để ứng dụng tạo mã đọc"><span dangerouslySetInnerHTML={{ __html: svg }} /></Qr>
      <details><summary>Không quét được? Gõ khóa này vào ứng dụng</summary><Code label="Khóa của ứng dụng tạo mã">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code></details>
      <Form action="/account/security/totp" label="Xác nhận ứng dụng tạo mã">
        <div class={errors.length > 0 ? 'q wrong' : 'q'}>
          <label class="label" for="code">Mã 6 số</label>
          <Fault errors={errors} name="code" />
          <input id="code" name="code" type="text" inputMode="numeric" autocomplete="one-time-code" maxLength={10} aria-required="true" aria-invalid={errors.length > 0 || undefined} />
        </div>
        <Actions><Button look="primary">Bật</Button><LinkButton look="quiet" href="/account/security">Để sau</LinkButton></Actions>
      </Form>
    </div>
  )
}

/** Shown once: kept nowhere as they are. */
export function CodesPage({ codes, done }: { codes: readonly string[]; done: string }) {
  return (
    <div class="stack measure">
      <PageHeading title="Mã khôi phục" lead="Ghi ra giấy hoặc in, cất nơi an toàn. Trang này không mở lại được." />
      <Flash message={done} />
      <Codes codes={codes} />
      <Actions><LinkButton look="primary" href="/account/security">Tôi đã cất các mã này</LinkButton></Actions>
    </div>
  )
}

export const Codes = ({ codes }: { codes: readonly string[] }) => <ol class="recovery" data-codes>{codes.map((code) => <li><code>{code}</code></li>)}</ol>

export function NewPasskeyPage() {
  return (
    <div class="stack measure">
      <PageHeading title="Thêm khóa truy cập" lead="Máy sẽ hỏi vân tay, khuôn mặt, mã PIN, hoặc đề nghị cắm khóa USB." />
      <div class="q">
        <label class="label" for="name">Tên để nhận ra khóa này <span class="optional">(ví dụ: máy bàn phòng một cửa)</span></label>
        <input id="name" name="name" type="text" maxLength={60} autocomplete="off" />
      </div>
      <noscript><Notice tone="warn"><p>Khóa truy cập cần trình duyệt bật JavaScript. Nếu không bật được, dùng ứng dụng tạo mã.</p></Notice></noscript>
      <PasskeyButton way="enrol" to="/account/security?xong=khoa" label="Tạo khóa truy cập trên máy này" />
      <section data-new-codes hidden>
        <h2>Mã khôi phục</h2>
        <p>Đã thêm khóa. Ghi lại 10 mã này, cất nơi an toàn; trang này không mở lại được.</p>
        <Codes codes={[]} />
        <Actions><LinkButton look="primary" href="/account/security?xong=khoa">Tôi đã cất các mã này</LinkButton></Actions>
      </section>
      <p><a href="/account/security">Quay lại</a></p>
    </div>
  )
}

export function PasswordPage({ must, least, errors = [] }: { must: boolean; least: number; errors?: readonly ShownError[] }) {
  const input = (name: string, label: string, autocomplete: 'current-password' | 'new-password') => (
    <div class={errors.some(({ key }) => key === name) ? 'q wrong' : 'q'}>
      <label class="label" for={name}>{label}</label>
      <Fault errors={errors} name={name} />
      <input id={name} name={name} type={'password' as 'text'} autocomplete={autocomplete} aria-required="true" aria-invalid={errors.some(({ key }) => key === name) || undefined} />
    </div>
  )
  return (
    <div class="stack measure">
      <PageHeading title="Đổi mật khẩu" lead={must ? 'Mật khẩu do người khác đặt giúp hoặc đã quá hai tháng nên cần đổi trước khi làm việc tiếp.' : undefined} />
      <ErrorSummary errors={errors} />
      <Form action="/account/security/password" label="Đổi mật khẩu">
        {input('current', 'Mật khẩu hiện tại', 'current-password')}
        <p class="hint">Mật khẩu mới ít nhất {least} ký tự. Một câu ngắn dễ nhớ là tốt nhất.</p>
        {input('password', 'Mật khẩu mới', 'new-password')}
        {input('again', 'Gõ lại mật khẩu mới', 'new-password')}
        <Actions><Button look="primary">Đổi mật khẩu</Button>{!must && <LinkButton look="quiet" href="/account/security">Không đổi nữa</LinkButton>}</Actions>
      </Form>
    </div>
  )
}
