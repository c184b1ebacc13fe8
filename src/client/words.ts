// What the script says, in the language of the page.

const vi = {
  saving: 'Đang lưu…',
  saved: (time: string) => `Đã lưu lúc ${time}`,
  kept: 'Mất mạng: đã giữ trên máy này, sẽ tự lưu khi có mạng',
  notKept: 'Mất mạng: chưa lưu được, xin đừng đóng trang này',
  signedOut: 'Chưa lưu: phiên đăng nhập đã hết. Mở thẻ mới để đăng nhập lại, rồi quay về đây sửa tiếp.',
  refused: 'Chưa lưu được. Bấm nút lưu để xem lý do.',
  restored: 'Đã lấy lại những điều ghi lúc mất mạng',
  sending: (name: string) => `Đang gửi ${name}`,
  sent: (name: string) => `Đã gửi ${name}`,
  notSent: (name: string) => `Chưa gửi được ${name}. Kiểm tra mạng rồi chọn lại tệp.`,
  tooBig: (name: string, size: string, max: string) => `${name} nặng ${size}, quá mức ${max}. Chụp lại cỡ nhỏ hơn rồi chọn lại.`,
  noList: '– Không lấy được danh sách, chọn lại tỉnh –',
  choose: '– Chọn một mục –',
  copied: 'Đã chép',
}

const en: typeof vi = {
  saving: 'Saving…',
  saved: (time) => `Saved at ${time}`,
  kept: 'Offline: kept on this device, will be saved when the network is back',
  notKept: 'Offline: not saved, please do not close this page',
  signedOut: 'Not saved: your session has ended. Sign in again in a new tab, then come back here and go on.',
  refused: 'Not saved. Press the save button to see why.',
  restored: 'What you wrote while offline is back',
  sending: (name) => `Sending ${name}`,
  sent: (name) => `Sent ${name}`,
  notSent: (name) => `${name} was not sent. Check the network and choose the file again.`,
  tooBig: (name, size, max) => `${name} has ${size}, more than ${max}. Take a smaller picture and choose again.`,
  noList: '– List not available, choose the province again –',
  choose: '– Choose one –',
  copied: 'Copied',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
