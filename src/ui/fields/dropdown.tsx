// One of many in a native select; a datalist would be nicer to look at, but screen readers and phones do not know it well.

import type { Option } from '#core/form/types.ts'
import { With } from '../surround.tsx'
import { control, Labelled } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export function Dropdown({ props, options }: { props: ReadyProps; options: readonly Option[] }) {
  const chosen = text(props)
  return (
    <Labelled props={props}>
      <select {...control(props)}>
        <Options options={options} chosen={chosen} />
      </select>
    </Labelled>
  )
}

interface OptionsProps {
  readonly options: readonly Option[]
  readonly chosen: string
  /** Heading over all of them, with the code of what they belong to. */
  readonly group?: string
  readonly groupOf?: string
}

/** The choices with an empty one first; a value no longer offered stays visible, so that saving again does not lose it unseen. */
export function Options({ options, chosen, group, groupOf }: OptionsProps) {
  const known = chosen === '' || options.some((option) => option.value === chosen)
  const list = options.map(({ value, label }) => (
    <option value={value} selected={value === chosen}>
      {label}
    </option>
  ))
  return (
    <>
      <With>{({ words }) => <option value="">{`– ${words.choose} –`}</option>}</With>
      {!known && (
        <option value={chosen} selected>
          {chosen}
        </option>
      )}
      {group ? (
        <optgroup label={group} data-code={groupOf}>
          {list}
        </optgroup>
      ) : (
        list
      )}
    </>
  )
}
