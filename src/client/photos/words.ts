// What the photo table says, in the language of the page.

import type { Fault } from './judge.ts'

const vi = {
  title: 'Xếp ảnh trước khi gửi',
  lead: 'Ảnh còn ở trên máy này, chưa gửi đi. Xem từng trang, quay cho xuôi chiều, xếp đúng thứ tự rồi bấm gửi.',
  page: (at: number) => `Trang ${at}`,
  opening: 'Đang mở ảnh…',
  left: 'Quay trái',
  right: 'Quay phải',
  up: 'Lên trước',
  down: 'Xuống sau',
  cut: 'Cắt viền thừa',
  remove: 'Bỏ trang',
  more: 'Thêm ảnh',
  stop: 'Thôi, không gửi',
  send: (pages: number) => (pages === 1 ? 'Gửi ảnh này' : `Gửi ${pages} trang thành một tệp PDF`),
  sendAnyway: (pages: number) => (pages === 1 ? 'Vẫn gửi ảnh này' : `Vẫn gửi ${pages} trang thành một tệp PDF`),
  working: 'Đang ghép trang…',
  turned: (at: number, right: boolean) => `Trang ${at} đã quay sang ${right ? 'phải' : 'trái'}.`,
  moved: (from: number, to: number) => `Trang ${from} đã chuyển thành trang ${to}.`,
  removed: (at: number) => `Đã bỏ trang ${at}.`,
  cutDone: (at: number, on: boolean) => `Trang ${at}: ${on ? 'đã cắt phần thừa' : 'giữ nguyên cả ảnh'}.`,
  raw: 'Trình duyệt này không mở được loại ảnh này để xem trước; tệp được gửi nguyên như vậy.',
  good: 'Đọc được',
  fault: {
    blurred: (at: number) => `Trang ${at} bị mờ: chữ có thể không đọc được. Lau ống kính, giữ chắc máy, chạm vào chữ cho nét rồi chụp lại.`,
    blank: (at: number) => `Trang ${at} gần như trống: có thể chụp nhầm mặt sau. Xem lại, nếu nhầm thì bỏ trang này.`,
    dark: (at: number) => `Trang ${at} quá tối: ra chỗ sáng hoặc bật đèn, tránh bóng tay, rồi chụp lại.`,
  } satisfies Record<Fault, (at: number) => string>,
  fileName: 'anh-chup',
}

const en: typeof vi = {
  title: 'Arrange the photos before sending',
  lead: 'The photos are still on this device. Look at each page, turn it upright, put the pages in order, then send.',
  page: (at) => `Page ${at}`,
  opening: 'Opening photos…',
  left: 'Turn left',
  right: 'Turn right',
  up: 'Move up',
  down: 'Move down',
  cut: 'Trim the edges',
  remove: 'Remove page',
  more: 'Add photos',
  stop: 'Do not send',
  send: (pages) => (pages === 1 ? 'Send this photo' : `Send ${pages} pages as one PDF`),
  sendAnyway: (pages) => (pages === 1 ? 'Send this photo anyway' : `Send ${pages} pages as one PDF anyway`),
  working: 'Joining the pages…',
  turned: (at, right) => `Page ${at} turned ${right ? 'right' : 'left'}.`,
  moved: (from, to) => `Page ${from} is now page ${to}.`,
  removed: (at) => `Page ${at} removed.`,
  cutDone: (at, on) => `Page ${at}: ${on ? 'surroundings cut away' : 'whole photo kept'}.`,
  raw: 'This browser cannot show this kind of photo; the file will be sent as it is.',
  good: 'Readable',
  fault: {
    blurred: (at) => `Page ${at} is blurred: it may not be readable. Clean the lens, hold still, tap the text to focus, and take it again.`,
    blank: (at) => `Page ${at} is nearly empty: perhaps the back of the paper. Look again and remove it if so.`,
    dark: (at) => `Page ${at} is too dark: find more light, keep your shadow off, and take it again.`,
  },
  fileName: 'photo',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
