// The register of field types: one object per type that a form may name.

import type { QuestionType } from '../form/types.ts'
import { address } from './address.ts'
import { business_id } from './business_id.ts'
import { catalog } from './catalog.ts'
import { checkbox } from './checkbox.ts'
import { computed } from './computed.ts'
import { date } from './date.ts'
import { email } from './email.ts'
import { file } from './file.ts'
import { id_document } from './id_document.ts'
import { integer } from './integer.ts'
import { longtext } from './longtext.ts'
import { money } from './money.ts'
import { multiselect } from './multiselect.ts'
import { number } from './number.ts'
import { partial_date } from './partial_date.ts'
import { person } from './person.ts'
import { personal_id } from './personal_id.ts'
import { phone } from './phone.ts'
import { radio } from './radio.ts'
import { select } from './select.ts'
import { statement } from './statement.ts'
import { tableOf } from './table.ts'
import { text } from './text.ts'
import { time } from './time.ts'
import type { FieldType } from './types.ts'
import { year } from './year.ts'

const types: Readonly<Record<QuestionType, FieldType>> = {
  text,
  longtext,
  number,
  integer,
  money,
  date,
  partial_date,
  year,
  time,
  phone,
  email,
  personal_id,
  business_id,
  address,
  select,
  radio,
  checkbox,
  multiselect,
  catalog,
  id_document,
  person,
  file,
  computed,
  statement,
  table: tableOf((type) => types[type]),
}

/** The behaviour of a type. */
export const fieldType = (type: QuestionType): FieldType => types[type]

export { ID_DOCUMENT_KINDS, type IdDocument } from './id_document.ts'
export { readAddress, type Address } from './address.ts'
export { choicesFor, LAST_OLD_DAY, type NewPlace, NO_OLD_PLACES, type OldPlace, type OldPlaces, oldName, settleOld } from './old-places.ts'
export { showDay } from './calendar.ts'
export { answerColumns, MOST_ROWS } from './table.ts'
export { isSlow } from './pattern.ts'
export type { Person } from './person.ts'
export type { Fault, FieldEnv, FieldType, JsonSchema } from './types.ts'
