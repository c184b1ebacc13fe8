// The simulator's pages: plain, its own look, so that nobody takes them for the platform's or for the true VNeID.

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Shown } from './claims.ts'
import type { Faults, HandOver, VneidCitizen } from './types.ts'

const STYLE = `
*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#14213d;background:#eef2f7}
.sim{background:#14213d;color:#fff;padding:.6rem 1rem;text-align:center;font-weight:700}
main{max-width:36rem;margin:1.25rem auto;padding:1.25rem;background:#fff;border:1px solid #b8c4d6;border-radius:6px}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .75rem}h2{font-size:1.05rem;margin:1.25rem 0 .4rem}p{margin:.5rem 0}ul{padding-left:1.2rem;margin:.25rem 0}
.people{list-style:none;padding:0;display:grid;gap:.5rem}.people button{width:100%;text-align:left}
button,.btn{font:inherit;display:inline-block;padding:.6rem .9rem;min-height:44px;border:1px solid #3a5a8c;border-radius:6px;background:#fff;color:#14213d;cursor:pointer;text-decoration:none}
button.main{background:#1d4e89;border-color:#1d4e89;color:#fff}button:hover,.btn:hover{outline:2px solid #1d4e89}
:focus-visible{outline:3px solid #d97706;outline-offset:2px}a{color:#1d4e89}
.small{font-size:.9rem;color:#44546f}.otp{font-size:1.6rem;letter-spacing:.2em;font-variant-numeric:tabular-nums;background:#fdf6d8;padding:.4rem .8rem;display:inline-block}
input[type=text]{font:inherit;font-size:1.3rem;padding:.5rem;border:1px solid #44546f;border-radius:6px;width:100%;max-width:12rem}
.wrong{color:#9b1c1c;font-weight:600}.row{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1rem}form+form{margin-top:.75rem}label{display:block;margin:.4rem 0}
fieldset{border:1px solid #b8c4d6;border-radius:6px;margin:1rem 0}legend{font-weight:700;padding:0 .3rem}
@media(prefers-color-scheme:dark){body{background:#0d1524;color:#e6ecf5}main{background:#16213a;border-color:#3a4a68}button,.btn{background:#1c2947;color:#e6ecf5;border-color:#6d8ab8}
button.main{background:#8fb8ee;color:#0d1524}.small{color:#a9b8d0}a{color:#9cc2f5}.otp{background:#3a3413}.wrong{color:#ffb4b4}input[type=text]{background:#0d1524;color:#e6ecf5}}`

function page(title: string, children: ComponentChildren): string {
  return `<!doctype html>${renderToString(
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – VNeID mô phỏng`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header class="sim">Bản mô phỏng VNeID – chỉ dùng để thử</header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  )}`
}

interface Step {
  /** Address of this sign-in's interaction. */
  readonly base: string
  /** Who asks for the data. */
  readonly client: string
}

const Refuse = ({ base, words }: { base: string; words: string }) => (
  <form method="post" action={`${base}/refusal`}><button>{words}</button></form>
)

/** Whose turn is it? One press per citizen. */
export function peoplePage({ base, client, citizens, levelOneOnly }: Step & { citizens: readonly VneidCitizen[]; levelOneOnly: boolean }): string {
  return page('Chọn người đăng nhập', (
    <>
      <p><b>{client}</b> muốn biết bạn là ai. Những người dưới đây không có thật; bấm vào một người để đăng nhập với tên người đó.</p>
      {levelOneOnly && <p class="small">Đang bật lỗi mô phỏng: mọi tài khoản chỉ ở mức 1.</p>}
      <form method="post" action={`${base}/citizen`}>
        <ul class="people">
          {citizens.map((citizen) => (
            <li>
              <button name="citizen" value={citizen.personalId}>
                <b>{citizen.fullName}</b>
                <br />
                <span class="small">
                  {[citizen.login, `sinh ${citizen.birthOn.slice(0, 4)}`, `mức ${citizen.level}`, citizen.business?.name].filter(Boolean).join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </form>
      <Refuse base={base} words="Thôi, không đăng nhập" />
    </>
  ))
}

/** The second factor, with the phone's screen beside it. */
export function otpPage({ base, citizen, otp, wrong }: { base: string; citizen: VneidCitizen; otp: string; wrong: boolean }): string {
  return page('Nhập mã xác thực', (
    <>
      <p>Chào {citizen.fullName}. Tài khoản mức 2 cần thêm mã xác thực gửi tới điện thoại.</p>
      <p>Điện thoại của bạn (mô phỏng) đang hiện: <br /><span class="otp">{otp}</span></p>
      <form method="post" action={`${base}/otp`}>
        <input type="hidden" name="citizen" value={citizen.personalId} />
        <label for="otp">Mã gồm 6 chữ số</label>
        {wrong && <p class="wrong" id="otp-error">Mã chưa đúng. Nhập lại 6 chữ số ở khung vàng phía trên.</p>}
        <input
          type="text" id="otp" name="otp" inputMode="numeric" autocomplete="one-time-code" maxLength={6}
          aria-invalid={wrong || undefined} aria-describedby={wrong ? 'otp-error' : undefined}
        />
        <div class="row"><button class="main">Xác nhận</button></div>
      </form>
      <Refuse base={base} words="Thôi, không đăng nhập" />
    </>
  ))
}

/** What is handed over; the parts that are not needed can be kept back. */
export function consentPage(props: Step & { citizen: VneidCitizen; level: number; pass: string; shown: readonly Shown[] }): string {
  const { base, client, citizen, level, pass, shown } = props
  return page('Đồng ý chia sẻ thông tin', (
    <>
      <p>VNeID (mô phỏng) sẽ gửi cho <b>{client}</b> những thông tin sau của {citizen.fullName}:</p>
      <form method="post" action={`${base}/consent`}>
        <input type="hidden" name="citizen" value={citizen.personalId} />
        <input type="hidden" name="level" value={String(level)} />
        <input type="hidden" name="pass" value={pass} />
        {shown.filter(({ optional }) => !optional).map(({ label, lines }) => (
          <section>
            <h2>{label}</h2>
            <ul>{lines.map((line) => <li>{line}</li>)}</ul>
          </section>
        ))}
        <fieldset>
          <legend>Có thể giữ lại</legend>
          {shown.filter(({ optional }) => optional).map(({ scope, label, lines }) => (
            <label>
              <input type="checkbox" name="scope" value={scope} checked /> <b>{label}:</b> {lines.join('; ')}
            </label>
          ))}
        </fieldset>
        <p class="small">Bỏ đánh dấu thì thông tin đó không được gửi; bạn sẽ phải tự ghi vào đơn.</p>
        <div class="row"><button class="main">Đồng ý và tiếp tục</button></div>
      </form>
      <Refuse base={base} words="Không đồng ý" />
    </>
  ))
}

/** Something is wrong; where to begin again. */
export function errorPage({ publicUrl, issuer, lost, detail }: { publicUrl: string; issuer: string; lost: boolean; detail?: string }): string {
  return page(lost ? 'Lần đăng nhập này không còn hiệu lực' : 'VNeID mô phỏng không làm được việc này', (
    <>
      <p>
        {lost
          ? 'Máy chủ VNeID mô phỏng đã khởi động lại, hoặc trang đã mở quá 10 phút. Chưa có thông tin nào được gửi đi.'
          : 'Yêu cầu gửi tới VNeID mô phỏng không đúng. Chưa có thông tin nào được gửi đi.'}
      </p>
      <p><a class="btn" href={`${publicUrl}/sign-in`}>Bắt đầu đăng nhập lại</a></p>
      {detail && <p class="small">Chi tiết kỹ thuật: {detail}</p>}
      <p class="small"><a href={`${issuer}/faults`}>Lỗi mô phỏng đang bật</a></p>
    </>
  ))
}

export const downPage = ({ publicUrl, issuer }: { publicUrl: string; issuer: string }): string =>
  page('VNeID (mô phỏng) đang ngừng phục vụ', (
    <>
      <p>Đây là lỗi được bật để thử. Chưa có thông tin nào được gửi đi.</p>
      <p class="row"><a class="btn" href={`${publicUrl}/sign-in`}>Về trang đăng nhập</a><a class="btn" href={`${issuer}/faults`}>Tắt lỗi mô phỏng</a></p>
    </>
  ))

const SWITCHES: readonly (readonly [Exclude<keyof Faults, 'slowMs'>, string])[] = [
  ['down', 'Ngừng phục vụ (mọi câu trả lời là 503)'],
  ['refuses', 'Từ chối mọi lần đăng nhập'],
  ['levelOneOnly', 'Chỉ cấp mức 1'],
  ['wrongNonce', 'Gửi mã chống phát lại (nonce) sai'],
  ['expiredToken', 'Gửi mã định danh đã hết hạn'],
]

export const SLOW: readonly (readonly [number, string])[] = [[0, 'Trả lời ngay'], [3000, 'Chậm 3 giây'], [20_000, 'Chậm 20 giây']]

/** The switchboard, and who was handed what since the start. */
export function faultsPage({ action, faults, saved, log }: { action: string; faults: Faults; saved: boolean; log: readonly (HandOver & { when: string })[] }): string {
  return page('Lỗi mô phỏng của VNeID', (
    <>
      {saved && <p role="status"><b>Đã đặt.</b> Có hiệu lực ngay cho mọi người đang dùng bản mô phỏng này.</p>}
      <form method="post" action={action}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => <label><input type="checkbox" name={name} value="1" checked={faults[name]} /> {label}</label>)}
        </fieldset>
        <fieldset>
          <legend>Nhanh chậm</legend>
          {SLOW.map(([ms, label]) => <label><input type="radio" name="slowMs" value={String(ms)} checked={faults.slowMs === ms} /> {label}</label>)}
        </fieldset>
        <button class="main">Đặt</button>
      </form>
      <h2>Đã chia sẻ từ lúc khởi động</h2>
      {log.length === 0 ? <p>Chưa có lần nào.</p> : <ul>{log.map(({ when, name, scopes }) => <li>{when}: {name} ({scopes.join(', ')})</li>)}</ul>}
    </>
  ))
}
