// What a file is and whether it may come in: judged by its content, never by its name.

import { type FieldError, Invalid } from '#core/errors.ts'

export const MAX_FILE_BYTES = 100 * 1024 * 1024

/** An upload begun and not finished waits three days for its line; the answer of a finished one is kept a day. */
export const PARTIAL_MINUTES = 3 * 24 * 60
export const DONE_MINUTES = 24 * 60
/** Of one person at a time: enough for a family's papers, too few to fill a disk. */
export const MOST_OPEN_UPLOADS = 20

export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)

/** Types that people hand in, by content: extension and what to call it. */
export const ACCEPTED: Readonly<Record<string, { ext: string; label: string }>> = {
  'application/pdf': { ext: 'pdf', label: 'PDF' },
  'image/jpeg': { ext: 'jpg', label: 'Ảnh JPEG' },
  'image/png': { ext: 'png', label: 'Ảnh PNG' },
  'image/webp': { ext: 'webp', label: 'Ảnh WebP' },
  'image/heic': { ext: 'heic', label: 'Ảnh HEIC' },
  'image/heif': { ext: 'heif', label: 'Ảnh HEIF' },
  'image/avif': { ext: 'avif', label: 'Ảnh AVIF' },
  'image/tiff': { ext: 'tif', label: 'Ảnh TIFF' },
  'image/gif': { ext: 'gif', label: 'Ảnh GIF' },
  'image/bmp': { ext: 'bmp', label: 'Ảnh BMP' },
  'video/mp4': { ext: 'mp4', label: 'Phim MP4' },
  'video/quicktime': { ext: 'mov', label: 'Phim QuickTime' },
  'audio/mpeg': { ext: 'mp3', label: 'Âm thanh MP3' },
  'audio/x-m4a': { ext: 'm4a', label: 'Âm thanh M4A' },
  'application/msword': { ext: 'doc', label: 'Word' },
  'application/x-cfb': { ext: 'doc', label: 'Tài liệu Office cũ' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { ext: 'docx', label: 'Word' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { ext: 'xlsx', label: 'Excel' },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { ext: 'pptx', label: 'PowerPoint' },
  'application/vnd.oasis.opendocument.text': { ext: 'odt', label: 'OpenDocument' },
  'application/vnd.oasis.opendocument.spreadsheet': { ext: 'ods', label: 'Bảng OpenDocument' },
  'application/rtf': { ext: 'rtf', label: 'RTF' },
  'application/zip': { ext: 'zip', label: 'Tệp nén ZIP' },
  'image/vnd.dwg': { ext: 'dwg', label: 'Bản vẽ DWG' },
  'application/xml': { ext: 'xml', label: 'XML' },
  'text/plain': { ext: 'txt', label: 'Văn bản thường' },
}

const WANTED = 'Hãy gửi ảnh chụp (JPEG, PNG, HEIC), PDF, hoặc tài liệu Word, Excel.'

export const badFile = (key: string, message: string, status = 422): Invalid => {
  const fault: FieldError = { key, message }
  return new Invalid([fault], message, status)
}

export const tooLarge = () => badFile('file', 'Tệp lớn hơn 100 MB. Hãy chụp lại với độ phân giải thấp hơn hoặc chia thành nhiều tệp.', 413)
export const empty = () => badFile('file', 'Tệp rỗng (0 byte): có thể lần chép trước bị dở. Hãy mở thử tệp trên máy rồi gửi lại.')
export const refusedType = (type: string) => badFile('file', `Loại tệp này (${type}) không nhận được. ${WANTED}`, 415)
export const lockedPdf = () =>
  badFile('file', 'Tệp PDF có đặt mật khẩu hoặc khóa quyền nên cơ quan không mở, ký và lưu trữ được. Mở tệp bằng mật khẩu, chọn “In” rồi “Lưu thành PDF”, gửi tệp mới đó.')
export const emptyPdf = () => badFile('file', 'Tệp PDF không có trang nào. Hãy mở thử trên máy, quét hoặc chụp lại giấy tờ rồi gửi.')
export const tooManyOpen = () =>
  badFile('file', `Đang có ${MOST_OPEN_UPLOADS} tệp gửi dở. Gửi tiếp cho xong hoặc bỏ bớt các tệp đó rồi mới gửi tệp khác.`, 429)
export const brokenPdf = () => badFile('file', 'Tệp PDF bị hỏng hoặc thiếu phần cuối. Hãy mở thử trên máy, lưu hoặc quét lại rồi gửi.')

/** A name that is safe to show, store and send back: last path element, no control characters, NFC, extension of the true type. */
export function safeName(given: string, ext: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).pop() ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const plain = last.replaceAll(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"<>|:*?]/g, '').replace(/^\.+/, '').trim()
  const stem = plain.replace(/\.[A-Za-z0-9]{1,8}$/, '').trim() || 'tep'
  return `${[...stem].slice(0, 120).join('')}.${ext}`
}

/** Whether bytes read as text: valid UTF-8 without control characters. */
export function looksLikeText(head: Uint8Array): boolean {
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

const ACTIVE_TEXT = /^\s*(<!doctype html|<html|<svg|<script|#!|<\?php)/i

/** Text that a browser or shell would run is not a paper. */
export const isActiveText = (text: string): boolean => ACTIVE_TEXT.test(text)

/** Endings that mean the same type. */
const SAME_ENDING: Readonly<Record<string, string>> = { jpeg: 'jpg', jpe: 'jpg', jfif: 'jpg', tiff: 'tif', hif: 'heic', heif: 'heic', m4v: 'mp4', log: 'txt', csv: 'txt', md: 'txt' }
const plainEnding = (ending: string): string => SAME_ENDING[ending] ?? ending

/** The sentence for a name whose ending tells another type than the content; null when they agree or the name has none. */
export function endingNote(given: string, type: string): string | null {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(given.trim())?.[1]?.toLowerCase()
  const { ext, label } = ACCEPTED[type]!
  if (!ending || plainEnding(ending) === plainEnding(ext)) return null
  return `Tên tệp ghi đuôi .${ending} nhưng nội dung là ${label}; đã nhận và đổi đuôi thành .${ext}. Nếu chọn nhầm tệp thì bỏ và gửi lại.`
}
