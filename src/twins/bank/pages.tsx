// The simulated bank's pages: read a code, choose a bank, pay; what went wrong; what moved. Plain, so that nobody takes them for a bank's.

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import type { ReadVietQr } from '#core/vietqr/index.ts'
import type { Bank, Faults, Transfer } from './types.ts'

const STYLE = `
*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#102a24;background:#edf4f1}
.sim{background:#0d4438;color:#fff;padding:.6rem 1rem;text-align:center;font-weight:700}
main{max-width:38rem;margin:1.25rem auto;padding:1.25rem;background:#fff;border:1px solid #b3cbc3;border-radius:6px}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .75rem}h2{font-size:1.05rem;margin:1.5rem 0 .4rem}p{margin:.5rem 0}
dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem;margin:.75rem 0}dt{color:#40564f}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.sum{font-size:1.5rem}textarea{width:100%;font:1rem/1.4 ui-monospace,monospace;padding:.6rem;border:1px solid #40564f;border-radius:6px}
button,.btn{font:inherit;display:inline-block;padding:.6rem 1rem;min-height:44px;border:1px solid #0d6b55;border-radius:6px;background:#fff;color:#102a24;cursor:pointer;text-decoration:none}
button.main{background:#0d6b55;color:#fff}:focus-visible{outline:3px solid #d97706;outline-offset:2px}a{color:#0b5e4b}
fieldset{border:1px solid #b3cbc3;border-radius:6px;margin:1rem 0;padding:.5rem 1rem 1rem}legend{font-weight:700;padding:0 .3rem}
.banks{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.25rem .75rem}label{display:flex;gap:.5rem;align-items:center;min-height:36px}
.wrong{color:#9b1c1c;font-weight:600}.small{font-size:.9rem;color:#40564f}ul{padding-left:1.1rem}li{margin:.4rem 0}
@media(prefers-color-scheme:dark){body{background:#0b1714;color:#e3efeb}main{background:#12231e;border-color:#345249}button,.btn,textarea{background:#18302a;color:#e3efeb;border-color:#6fae9c}button.main{background:#7fd1ba;color:#06231c}.small,dt{color:#a3bdb5}a{color:#8bd8c3}.wrong{color:#ffb4b4}}`

function page(title: string, children: ComponentChildren): string {
  return `<!doctype html>${renderToString(
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – Ngân hàng mô phỏng`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header class="sim">Ngân hàng mô phỏng – chỉ dùng để thử, không có tiền thật</header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  )}`
}

export const readPage = (base: string, { qr = '', fault }: { qr?: string; fault?: string }): string =>
  page('Quét mã VietQR', (
    <>
      <p>Dán nội dung mã QR vào đây, như điện thoại đọc được khi quét.</p>
      {fault && <p class="wrong" role="alert">{fault}</p>}
      <form method="get" action={base}>
        <label for="qr">Nội dung mã QR</label>
        <textarea id="qr" name="qr" rows={5} spellcheck={false}>{qr}</textarea>
        <p><button class="main">Đọc mã</button></p>
      </form>
      <Links base={base} />
    </>
  ))

export const payPage = (base: string, qr: string, read: ReadVietQr, banks: readonly Bank[]): string =>
  page('Chuyển tiền', (
    <>
      <dl>
        <dt>Ngân hàng nhận</dt><dd>{read.bin}</dd>
        <dt>Tài khoản nhận</dt><dd>{read.account}</dd>
        <dt>Nội dung</dt><dd>{read.purpose ?? '(không có)'}</dd>
        <dt>Số tiền</dt><dd class="sum">{read.amountVnd === null ? 'Mã không ghi số tiền' : formatVnd(read.amountVnd)}</dd>
      </dl>
      <form method="post" action={`${base}/transfers`}>
        <input type="hidden" name="qr" value={qr} />
        <fieldset>
          <legend>Trả từ ngân hàng</legend>
          <div class="banks">
            {banks.map((bank, i) => <label><input type="radio" name="bank" value={bank.code} checked={i === 0} /> {bank.shortName}</label>)}
          </div>
        </fieldset>
        <p><button class="main">Chuyển tiền</button></p>
      </form>
      <Links base={base} />
    </>
  ))

export const donePage = (base: string, transfer: Transfer, backHref: string): string =>
  page('Đã chuyển tiền', (
    <>
      <dl>
        <dt>Mã giao dịch</dt><dd>{transfer.id}</dd>
        <dt>Số tiền</dt><dd class="sum">{formatVnd(transfer.amount)}</dd>
        <dt>Tài khoản nhận</dt><dd>{transfer.account}</dd>
        <dt>Nội dung</dt><dd>{transfer.description}</dd>
        <dt>Từ</dt><dd>{transfer.payerBank}</dd>
        <dt>Báo cho nền tảng</dt><dd>{transfer.told}</dd>
      </dl>
      <p><a class="btn" href={backHref}>Về cổng dịch vụ công</a></p>
      <Links base={base} />
    </>
  ))

const SWITCHES: readonly (readonly [Exclude<keyof Faults, 'lateMs' | 'wrongBy'>, string])[] = [
  ['doubled', 'Báo mỗi giao dịch hai lần'], ['reordered', 'Báo ngược thứ tự (giữ lại chờ giao dịch sau)'], ['forged', 'Gửi kèm một lần báo giả mạo, chữ ký sai'],
  ['silent', 'Chuyển tiền mà không báo'], ['statementDiffers', 'Sao kê ghi thừa 1.000 đồng'], ['statementMissing', 'Sao kê thiếu giao dịch'], ['down', 'Không trả lời khi hỏi sao kê'],
]
export const LATE: readonly (readonly [number, string])[] = [[0, 'Báo ngay'], [20_000, 'Báo sau 20 giây'], [300_000, 'Báo sau 5 phút']]
export const WRONG: readonly (readonly [number, string])[] = [[0, 'Đúng số tiền'], [-1000, 'Thiếu 1.000 đồng'], [1000, 'Thừa 1.000 đồng']]

export const faultsPage = (base: string, faults: Faults, saved: boolean, transfers: readonly Transfer[]): string =>
  page('Lỗi mô phỏng của ngân hàng', (
    <>
      {saved && <p role="status"><b>Đã đặt.</b> Có hiệu lực với các giao dịch từ bây giờ.</p>}
      <form method="post" action={`${base}/faults`}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => <label><input type="checkbox" name={name} value="1" checked={faults[name]} /> {label}</label>)}
        </fieldset>
        <fieldset>
          <legend>Nhanh chậm</legend>
          {LATE.map(([ms, label]) => <label><input type="radio" name="lateMs" value={String(ms)} checked={faults.lateMs === ms} /> {label}</label>)}
        </fieldset>
        <fieldset>
          <legend>Số tiền</legend>
          {WRONG.map(([vnd, label]) => <label><input type="radio" name="wrongBy" value={String(vnd)} checked={faults.wrongBy === vnd} /> {label}</label>)}
        </fieldset>
        <p><button class="main">Đặt</button></p>
      </form>
      <h2>Giao dịch gần đây</h2>
      {transfers.length === 0 ? <p>Chưa có giao dịch nào.</p> : (
        <ul>
          {transfers.slice(0, 30).map((one) => (
            <li><b>{formatVnd(one.amount)}</b>, {one.description} <span class="small">({one.id}, {one.payerBank}, {formatDateTime(new Date(one.paidAt))}; {one.told})</span></li>
          ))}
        </ul>
      )}
      <p><a href={base}>Quét mã khác</a></p>
    </>
  ))

const Links = ({ base }: { base: string }) => <p class="small"><a href={`${base}/faults`}>Đặt lỗi, xem giao dịch đã chuyển</a></p>
