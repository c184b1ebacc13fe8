// What goes on envelopes, on the sheet behind a window, and on sheets of labels.
import { z } from 'zod'
import { count, list, maybeText, text } from './shapes.ts'

const letter = z.strictObject({
  /** The agency that sends, and where what cannot be delivered comes back. */
  sender: z.strictObject({ agency: text, address: maybeText, phone: maybeText }),
  recipient: z.strictObject({ name: text, address: maybeText, phone: maybeText }),
  /** Dossier code, printed as words and as Code 128. */
  code: text,
  /** What is inside: 'Kết quả giải quyết: Giấy khai sinh'. */
  contents: list(text),
})

/** One envelope a letter: DL 220 × 110 mm, C5 229 × 162 mm, or an A4 sheet whose address shows in the window. */
export const envelope = z.strictObject({ size: z.enum(['dl', 'c5', 'a4']), letters: z.array(letter).min(1) })

/** A4 sheets of 2 × 7 labels, 99,1 × 38,1 mm; `skip` labels of the first sheet are used up. */
export const labelSheet = z.strictObject({ skip: z.number().int().min(0).max(13).default(0), letters: z.array(letter).min(1) })

export const bookRow = z.strictObject({
  no: count,
  code: text,
  procedure: text,
  /** number of sets handed in */
  sets: count,
  applicant: text,
  address: maybeText,
  phone: maybeText,
  agency: text,
  received: maybeText,
  due: maybeText,
  returned: maybeText,
  /** way of receiving the result */
  how: maybeText,
  /** who took the result, when that is known; a line for the hand otherwise */
  signature: maybeText,
  note: maybeText,
})
