// The switchboard of the simulator: what shall go wrong, and who was handed what.

import { page } from './frame.tsx'
import type { Faults, HandOver } from './types.ts'

const SWITCHES: readonly (readonly [Exclude<keyof Faults, 'slowMs'>, string])[] = [
  ['down', 'Ngừng phục vụ (mọi câu trả lời là 503)'],
  ['refuses', 'Từ chối mọi lần đăng nhập'],
  ['levelOneOnly', 'Chỉ cấp mức 1'],
  ['wrongNonce', 'Gửi mã chống phát lại (nonce) sai'],
  ['expiredToken', 'Gửi mã định danh đã hết hạn'],
]

export const SLOW: readonly (readonly [number, string])[] = [
  [0, 'Trả lời ngay'],
  [3000, 'Chậm 3 giây'],
  [20_000, 'Chậm 20 giây'],
]

/** The switchboard, and who was handed what since the start. */
export function faultsPage({
  action,
  faults,
  saved,
  log,
}: {
  action: string
  faults: Faults
  saved: boolean
  log: readonly (HandOver & { when: string })[]
}): string {
  return page(
    'Lỗi mô phỏng của VNeID',
    <>
      {saved && (
        <p role="status">
          <b>Đã đặt.</b> Có hiệu lực ngay cho mọi người đang dùng bản mô phỏng này.
        </p>
      )}
      <form method="post" action={action}>
        <fieldset>
          <legend>Hỏng gì</legend>
          {SWITCHES.map(([name, label]) => (
            <label>
              <input type="checkbox" name={name} value="1" checked={faults[name]} /> {label}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>Nhanh chậm</legend>
          {SLOW.map(([ms, label]) => (
            <label>
              <input type="radio" name="slowMs" value={String(ms)} checked={faults.slowMs === ms} /> {label}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="main">
          Đặt
        </button>
      </form>
      <h2>Đã chia sẻ từ lúc khởi động</h2>
      {log.length === 0 ? (
        <p>Chưa có lần nào.</p>
      ) : (
        <ul>
          {log.map(({ when, name, scopes }) => (
            <li>
              {when}: {name} ({scopes.join(', ')})
            </li>
          ))}
        </ul>
      )}
    </>,
  )
}
