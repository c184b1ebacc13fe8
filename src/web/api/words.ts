// Vietnamese sentences for what a request may have wrong in shape: which kind of value is wanted there.

import type { z } from 'zod'

const KINDS: Readonly<Record<string, string>> = {
  string: 'một chuỗi chữ', number: 'một số', int: 'một số nguyên', boolean: 'true hoặc false', array: 'một danh sách', object: 'một đối tượng JSON', record: 'một đối tượng JSON',
}

/** The sentence of an issue that its schema has no words for. */
export function issueWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Thiếu mục này; hãy ghi vào rồi gửi lại.' : `Mục này phải là ${KINDS[issue.expected] ?? issue.expected}.`
    case 'invalid_value':
      return `Mục này phải là một trong: ${issue.values.join(', ')}.`
    case 'too_big':
      return `Mục này quá dài hoặc quá lớn; nhiều nhất là ${String(issue.maximum)}.`
    case 'too_small':
      return `Mục này quá ngắn hoặc quá nhỏ; ít nhất là ${String(issue.minimum)}.`
    case 'unrecognized_keys':
      return `Không hiểu các mục: ${issue.keys.join(', ')}.`
    case 'invalid_format':
      return issue.format === 'date' || issue.format === 'datetime' ? 'Ngày giờ không có thật hoặc sai dạng; hãy ghi như 2026-11-21 hoặc 2026-11-21T08:00:00+07:00.' : 'Mục này sai dạng; xem mô tả của giao diện.'
    default:
      return 'Mục này chưa đúng; xem mô tả của giao diện rồi gửi lại.'
  }
}
