// What sending files says, in the language of the page.

const vi = {
  waiting: (name: string) => `Chờ gửi ${name}`,
  sending: (name: string) => `Đang gửi ${name}`,
  paused: (name: string) => `Tạm dừng gửi ${name}`,
  offline: (name: string) => `Mất mạng, đang giữ chỗ dở của ${name}; có mạng sẽ gửi tiếp, không phải gửi lại từ đầu`,
  signedOut: (name: string) => `Chưa gửi xong ${name}: phiên đăng nhập đã hết. Đăng nhập lại ở thẻ khác rồi bấm “Gửi tiếp”.`,
  checking: (name: string) => `Đã gửi đủ ${name}, máy chủ đang kiểm tra`,
  received: (name: string) => `Đã nhận ${name}.`,
  failed: (name: string) => `Chưa gửi được ${name}. Bấm “Gửi tiếp” để thử lại, hoặc chọn lại tệp.`,
  of: (sent: string, all: string) => `${sent} trên ${all} MB`,
  pause: 'Tạm dừng',
  resume: 'Gửi tiếp',
  cancel: 'Bỏ',
  dropped: (name: string) => `Đã bỏ ${name}, không gửi nữa.`,
  tooBig: (name: string, size: string, max: string) => `${name} nặng ${size}, quá ${max}; hãy chọn tệp nhỏ hơn.`,
  empty: (name: string) => `${name} rỗng (0 byte): có thể lần chép trước bị dở. Mở thử tệp trên máy rồi chọn lại.`,
  locked: (name: string) => `${name} có đặt mật khẩu nên cơ quan không mở được. Mở tệp, chọn “In” rồi “Lưu thành PDF”, gửi tệp mới đó.`,
  broken: (name: string) => `${name} bị hỏng hoặc thiếu phần cuối. Mở thử trên máy, lưu hoặc quét lại rồi gửi.`,
  leaving: 'Tệp đang gửi; gửi xong sẽ tự sang trang sau.',
}

const en: typeof vi = {
  waiting: (name) => `${name} waits to be sent`,
  sending: (name) => `Sending ${name}`,
  paused: (name) => `${name} paused`,
  offline: (name) => `Offline: what was sent of ${name} is kept; it goes on when the network is back`,
  signedOut: (name) => `${name} is not finished: your session ended. Sign in again in another tab, then press “Go on”.`,
  checking: (name) => `${name} sent, the server is checking it`,
  received: (name) => `Received ${name}.`,
  failed: (name) => `${name} could not be sent. Press “Go on” to try again, or choose the file again.`,
  of: (sent, all) => `${sent} of ${all} MB`,
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  dropped: (name) => `${name} will not be sent.`,
  tooBig: (name, size, max) => `${name} has ${size}, over ${max}; choose a smaller one.`,
  empty: (name) => `${name} is empty (0 bytes). Open it on your device, then choose it again.`,
  locked: (name) => `${name} is locked with a password, so the office cannot open it. Open it, print it to PDF and send that file.`,
  broken: (name) => `${name} is damaged or its end is missing. Save or scan it again, then send it.`,
  leaving: 'A file is on its way; the next page opens when it has arrived.',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
