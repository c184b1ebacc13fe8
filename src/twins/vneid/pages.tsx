// The simulator's pages: who, the code, what is handed over, what went wrong.

import type { Shown } from './claims.ts'
import { page } from './frame.tsx'
import type { VneidCitizen } from './types.ts'

interface Step {
  /** Address of this sign-in's interaction. */
  readonly base: string
  /** Who asks for the data. */
  readonly client: string
}

const Refuse = ({ base, words }: { base: string; words: string }) => (
  <form method="post" action={`${base}/refusal`}>
    <button type="submit">{words}</button>
  </form>
)

/** Whose turn is it? One press per citizen. */
export function peoplePage({
  base,
  client,
  citizens,
  levelOneOnly,
}: Step & { citizens: readonly VneidCitizen[]; levelOneOnly: boolean }): string {
  return page(
    'Chọn người đăng nhập',
    <>
      <p>
        <b>{client}</b> muốn biết bạn là ai. Những người dưới đây không có thật; bấm vào một người để đăng nhập với tên người đó.
      </p>
      {levelOneOnly && <p class="small">Đang bật lỗi mô phỏng: mọi tài khoản chỉ ở mức 1.</p>}
      <form method="post" action={`${base}/citizen`}>
        <ul class="people">
          {citizens.map((citizen) => (
            <li>
              <button type="submit" name="citizen" value={citizen.personalId}>
                <b>{citizen.fullName}</b>
                <br />
                <span class="small">
                  {[citizen.login, `sinh ${citizen.birthOn.slice(0, 4)}`, `mức ${citizen.level}`, citizen.business?.name]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </form>
      <Refuse base={base} words="Thôi, không đăng nhập" />
    </>,
  )
}

/** The second factor, with the phone's screen beside it. */
export function otpPage({ base, citizen, otp, wrong }: { base: string; citizen: VneidCitizen; otp: string; wrong: boolean }): string {
  return page(
    'Nhập mã xác thực',
    <>
      <p>Chào {citizen.fullName}. Tài khoản mức 2 cần thêm mã xác thực gửi tới điện thoại.</p>
      <p>
        Điện thoại của bạn (mô phỏng) đang hiện: <br />
        <span class="otp">{otp}</span>
      </p>
      <form method="post" action={`${base}/otp`}>
        <input type="hidden" name="citizen" value={citizen.personalId} />
        <label for="otp">Mã gồm 6 chữ số</label>
        {wrong && (
          <p class="wrong" id="otp-error">
            Mã chưa đúng. Nhập lại 6 chữ số ở khung vàng phía trên.
          </p>
        )}
        <input
          type="text"
          id="otp"
          name="otp"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? 'otp-error' : undefined}
        />
        <div class="row">
          <button type="submit" class="main">
            Xác nhận
          </button>
        </div>
      </form>
      <Refuse base={base} words="Thôi, không đăng nhập" />
    </>,
  )
}

/** What is handed over; the parts that are not needed can be kept back. */
export function consentPage(props: Step & { citizen: VneidCitizen; level: number; pass: string; shown: readonly Shown[] }): string {
  const { base, client, citizen, level, pass, shown } = props
  return page(
    'Đồng ý chia sẻ thông tin',
    <>
      <p>
        VNeID (mô phỏng) sẽ gửi cho <b>{client}</b> những thông tin sau của {citizen.fullName}:
      </p>
      <form method="post" action={`${base}/consent`}>
        <input type="hidden" name="citizen" value={citizen.personalId} />
        <input type="hidden" name="level" value={String(level)} />
        <input type="hidden" name="pass" value={pass} />
        {shown
          .filter(({ optional }) => !optional)
          .map(({ label, lines }) => (
            <section>
              <h2>{label}</h2>
              <ul>
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            </section>
          ))}
        <fieldset>
          <legend>Có thể giữ lại</legend>
          {shown
            .filter(({ optional }) => optional)
            .map(({ scope, label, lines }) => (
              <label>
                <input type="checkbox" name="scope" value={scope} checked /> <b>{label}:</b> {lines.join('; ')}
              </label>
            ))}
        </fieldset>
        <p class="small">Bỏ đánh dấu thì thông tin đó không được gửi; bạn sẽ phải tự ghi vào đơn.</p>
        <div class="row">
          <button type="submit" class="main">
            Đồng ý và tiếp tục
          </button>
        </div>
      </form>
      <Refuse base={base} words="Không đồng ý" />
    </>,
  )
}

/** Something is wrong; where to begin again. */
export function errorPage({
  publicUrl,
  issuer,
  lost,
  detail,
}: {
  publicUrl: string
  issuer: string
  lost: boolean
  detail?: string
}): string {
  return page(
    lost ? 'Lần đăng nhập này không còn hiệu lực' : 'VNeID mô phỏng không làm được việc này',
    <>
      <p>
        {lost
          ? 'Máy chủ VNeID mô phỏng đã khởi động lại, hoặc trang đã mở quá 10 phút. Chưa có thông tin nào được gửi đi.'
          : 'Yêu cầu gửi tới VNeID mô phỏng không đúng. Chưa có thông tin nào được gửi đi.'}
      </p>
      <p>
        <a class="btn" href={`${publicUrl}/sign-in`}>
          Bắt đầu đăng nhập lại
        </a>
      </p>
      {detail && <p class="small">Chi tiết kỹ thuật: {detail}</p>}
      <p class="small">
        <a href={`${issuer}/faults`}>Lỗi mô phỏng đang bật</a>
      </p>
    </>,
  )
}

export const downPage = ({ publicUrl, issuer }: { publicUrl: string; issuer: string }): string =>
  page(
    'VNeID (mô phỏng) đang ngừng phục vụ',
    <>
      <p>Đây là lỗi được bật để thử. Chưa có thông tin nào được gửi đi.</p>
      <p class="row">
        <a class="btn" href={`${publicUrl}/sign-in`}>
          Về trang đăng nhập
        </a>
        <a class="btn" href={`${issuer}/faults`}>
          Tắt lỗi mô phỏng
        </a>
      </p>
    </>,
  )
