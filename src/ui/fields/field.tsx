// Any question by its type; the one entrance to the views in this folder.

import type { ComponentChild } from 'preact'
import type { QuestionType } from '#core/form/types.ts'
import { AddressField } from './address.tsx'
import { BusinessIdField } from './business-id.tsx'
import { CatalogField } from './catalog.tsx'
import { CheckboxField } from './checkbox.tsx'
import { ComputedField } from './computed.tsx'
import { DateField } from './date.tsx'
import { EmailField } from './email.tsx'
import { FileField } from './file.tsx'
import { IdDocumentField } from './id-document.tsx'
import { IntegerField } from './integer.tsx'
import { LongtextField } from './longtext.tsx'
import { MoneyField } from './money.tsx'
import { MultiselectField } from './multiselect.tsx'
import { NumberField } from './number.tsx'
import { PartialDateField } from './partial-date.tsx'
import { PersonField } from './person.tsx'
import { PersonalIdField } from './personal-id.tsx'
import { PhoneField } from './phone.tsx'
import { type FieldProps, type ReadyProps, ready } from './props.ts'
import { RadioField } from './radio.tsx'
import { SelectField } from './select.tsx'
import { StatementField } from './statement.tsx'
import { tableOf } from './table.tsx'
import { TextField } from './text.tsx'
import { TimeField } from './time.tsx'
import { YearField } from './year.tsx'

const VIEWS: Readonly<Record<QuestionType, (props: ReadyProps) => ComponentChild>> = {
  text: TextField,
  longtext: LongtextField,
  number: NumberField,
  integer: IntegerField,
  money: MoneyField,
  date: DateField,
  partial_date: PartialDateField,
  year: YearField,
  time: TimeField,
  phone: PhoneField,
  email: EmailField,
  personal_id: PersonalIdField,
  business_id: BusinessIdField,
  address: AddressField,
  select: SelectField,
  radio: RadioField,
  checkbox: CheckboxField,
  multiselect: MultiselectField,
  catalog: CatalogField,
  id_document: IdDocumentField,
  person: PersonField,
  file: FileField,
  table: tableOf(FieldView),
  computed: ComputedField,
  statement: StatementField,
}

/**
 * One question with its label, help, fault and control. Names and ids follow the dotted path of the answer: `key`, `key.province`,
 * `table.0.col`. A hidden question is rendered too, so that the client script can show it; the server drops what it says.
 */
export function FieldView(props: FieldProps) {
  const View = VIEWS[props.question.type]
  return <View {...ready(props)} />
}
