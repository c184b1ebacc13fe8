// One entry of a common catalogue: ethnic groups, countries, provinces.

import { Dropdown } from './dropdown.tsx'
import type { ReadyProps } from './props.ts'

export function CatalogField(props: ReadyProps) {
  const entries = props.catalogs.list(props.question.catalog ?? '')
  return <Dropdown props={props} options={entries.map(({ code, name }) => ({ value: code, label: name }))} />
}
