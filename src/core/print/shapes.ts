// The pieces that the data of several forms share, checked and brought into the shape the Typst templates read.
import { z } from 'zod'

const SEVEN_HOURS = 7 * 60 * 60 * 1000

/** A text that must be there. */
export const text = z.string().trim().min(1)

/** A text that may be missing; missing, null and blank all become null, which the templates leave out. */
export const maybeText = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null)

const dateParts = (at: Date) => ({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() })

/** A day of the calendar, 'YYYY-MM-DD', local. */
export const day = z.iso.date().transform((on) => dateParts(new Date(`${on}T00:00:00Z`)))

/** An instant (Date, or ISO text with its offset), printed as the clock on the wall in Vietnam shows it (+07:00 all year). */
export const instant = z.union([z.date(), z.iso.datetime({ offset: true })]).transform((value) => {
  const local = new Date(new Date(value).getTime() + SEVEN_HOURS)
  return { ...dateParts(local), hour: local.getUTCHours(), minute: local.getUTCMinutes() }
})

/** Any schema made optional: missing and null become null. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)

/** A list that may be missing. */
export const list = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .nullish()
    .transform((values) => values ?? [])

/** A number of persons, dossiers or papers. */
export const count = z.number().int().min(1)

/** Code of the dossier and the public page its QR code leads to. */
export const dossier = z.strictObject({ code: text, trackingUrl: z.url({ protocol: /^https?$/ }) })

export const applicant = z.strictObject({
  name: text,
  /** Personal identifier with its middle hidden ('038********1'): a slip of paper passes through many hands. */
  maskedId: maybeText.refine((id) => id === null || !/^\d+$/.test(id), 'số định danh phải được che bớt trước khi in'),
  address: maybeText,
  phone: maybeText,
  email: maybeText,
})

/** 'bản chính' | 'bản sao' | 'bản điện tử' … in the words of the procedure. */
export const paper = z.strictObject({ name: text, form: text, quantity: count })

/** A reason or a demand, with the clause of law it rests on. */
export const point = z.strictObject({ text, clause: maybeText })

/** `authority` 'TM. ỦY BAN NHÂN DÂN' or 'KT. CHỦ TỊCH', `title` 'CHỦ TỊCH', `hint` '(Ký, ghi rõ họ tên)'. */
export const signer = z.strictObject({ authority: maybeText, title: maybeText, name: maybeText, hint: maybeText })

/** The head every form has. `number` whole, with its sign: '0123/TNHS'. `formNo`: 'Mẫu số 01'. */
export const head = {
  /** The folder of forms in force when the paper was made ('tt-01-2018'); none means the present set. */
  formSet: maybeText.refine((set) => set === null || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(set), 'tên bộ mẫu chỉ gồm chữ thường, số và gạch nối'),
  superiorAgency: maybeText,
  issuingAgency: text,
  /** Answers of the form as people read them, by key, for a procedure's own template; null where nothing was answered. */
  answers: maybe(z.record(z.string(), z.string().nullable())),
  formNo: maybeText,
  number: maybeText,
  place: text,
  issuedOn: day,
}
