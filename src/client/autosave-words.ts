// What saving says, in the language of the page.

const vi = {
  saving: 'Đang lưu…',
  saved: (time: string) => `Đã lưu lúc ${time}`,
  kept: 'Đã lưu trên máy này, chưa gửi được; có mạng sẽ tự gửi',
  notKept: 'Mất mạng, chưa lưu: đừng đóng trang này',
  signedOut: 'Chưa lưu: phiên đăng nhập đã hết. Đăng nhập lại ở thẻ khác rồi quay về đây.',
  signedOutKept: 'Đã lưu trên máy này, chưa gửi được: phiên đăng nhập đã hết. Đăng nhập lại ở thẻ khác rồi quay về đây.',
  refused: 'Chưa lưu được: bấm nút lưu để xem lý do',
  restored: 'Đã lấy lại phần đã viết, lưu trên máy này',
  newer: (what: string) => `Đã cập nhật câu trả lời mới hơn, sửa ở thẻ hoặc máy khác: ${what}`,
  conflict: (theirs: string) => `Câu này vừa được sửa ở thẻ hoặc máy khác thành “${theirs || 'để trống'}”. Chọn câu trả lời đúng:`,
  keepMine: 'Giữ câu đang viết ở đây',
  takeTheirs: 'Lấy câu kia',
  choose: 'Có câu được sửa ở hai nơi: chọn câu trả lời đúng ở chỗ có dấu cảnh báo',
  flushed: 'Những câu trả lời viết lúc mất mạng, giữ trên máy này, vừa được gửi.',
  conflictElsewhere: 'Có câu trả lời viết lúc mất mạng khác với câu sửa sau đó ở nơi khác.',
  toConflict: 'Mở trang đó để chọn câu đúng',
  reload: 'Tải lại trang để xem',
}

const en: typeof vi = {
  saving: 'Saving…',
  saved: (time) => `Saved at ${time}`,
  kept: 'Kept on this device, not sent yet; it will be sent when the network is back',
  notKept: 'Offline: not saved, please do not close this page',
  signedOut: 'Not saved: session ended. Sign in again in another tab, then come back here.',
  signedOutKept: 'Kept on this device, not sent: session ended. Sign in again in another tab, then come back here.',
  refused: 'Not saved. Press the save button to see why.',
  restored: 'What you wrote, kept on this device, is back',
  newer: (what) => `Newer answers from another tab or device were taken: ${what}`,
  conflict: (theirs) => `This was just changed elsewhere to “${theirs || 'empty'}”. Choose the right answer:`,
  keepMine: 'Keep what I wrote here',
  takeTheirs: 'Take the other',
  choose: 'An answer was changed in two places: choose the right one where the warning stands',
  flushed: 'Answers written while offline, kept on this device, have just been sent.',
  conflictElsewhere: 'An answer written while offline differs from one changed elsewhere later.',
  toConflict: 'Open that page to choose',
  reload: 'Reload to see them',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
