// Yes or no to one sentence; the hidden marker tells "no" from "not asked".

import { control, Faults, told } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export function CheckboxField(props: ReadyProps) {
  const { question, name, errors, officialWording = true, visible } = props
  const { wrong } = told({ props })
  const official = officialWording && question.official !== question.label ? question.official : undefined
  return (
    <div class={wrong ? 'q wrong' : 'q'} data-question={name} hidden={visible === false}>
      <Faults errors={errors} path={name} />
      <input type="hidden" name={`${name}__present`} value="1" />
      <label class="choice">
        <input type="checkbox" {...control(props)} value="true" checked={text(props) === 'true'} />
        <span>{question.label}</span>
      </label>
      {(official || question.help || question.example) && (
        <div class="hint under" id={`${name}--hint`}>
          {official && <p class="official">{official}</p>}
          {question.help && <p>{question.help}</p>}
          {question.example && <p>{question.example}</p>}
        </div>
      )}
    </div>
  )
}
