// What the script says, in the language of the page.

const vi = {
  offline: 'Mất mạng: chưa gửi tệp. Có mạng thì chọn lại tệp.',
  noList: '– Chọn lại tỉnh –',
  choose: '– Chọn một mục –',
  copied: 'Đã chép',
}

const en: typeof vi = {
  offline: 'Offline: the file was not sent. Choose it again when the network is back.',
  noList: '– List not available, choose the province again –',
  choose: '– Choose one –',
  copied: 'Copied',
}

/** Put in by the build: one script for each language. */
declare const LANG: 'vi' | 'en'

export const words = LANG === 'en' ? en : vi
