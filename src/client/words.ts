// What the script says, in the language of the page.

const vi = {
  saving: 'Đang lưu…',
  saved: (time: string) => `Đã lưu lúc ${time}`,
  kept: 'Mất mạng: đã giữ trên máy này, có mạng sẽ tự lưu',
  notKept: 'Mất mạng, chưa lưu: đừng đóng trang này',
  signedOut: 'Chưa lưu: phiên đăng nhập đã hết. Đăng nhập lại ở thẻ khác.',
  refused: 'Chưa lưu được: bấm nút lưu để xem lý do',
  restored: 'Đã lấy lại phần chưa lưu',
  sending: (name: string) => `Gửi ${name}…`,
  sent: (name: string) => `Đã gửi ${name}`,
  notSent: (name: string) => `Chưa gửi được ${name}; hãy chọn lại tệp.`,
  tooBig: (name: string, size: string, max: string) => `${name} nặng ${size}, quá ${max}; hãy chọn tệp nhỏ hơn.`,
  noList: '– Chọn lại tỉnh –',
  choose: '– Chọn một mục –',
  copied: 'Đã chép',
}

const en: typeof vi = {
  saving: 'Saving…',
  saved: (time) => `Saved at ${time}`,
  kept: 'Offline: kept on this device, will be saved when the network is back',
  notKept: 'Offline: not saved, please do not close this page',
  signedOut: 'Not saved: session ended. Sign in again in another tab, then go on.',
  refused: 'Not saved. Press the save button to see why.',
  restored: 'What you wrote while offline is back',
  sending: (name) => `Sending ${name}`,
  sent: (name) => `Sent ${name}`,
  notSent: (name) => `${name} was not sent; choose the file again.`,
  tooBig: (name, size, max) => `${name} has ${size}, over ${max}; choose a smaller one.`,
  noList: '– List not available, choose the province again –',
  choose: '– Choose one –',
  copied: 'Copied',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
