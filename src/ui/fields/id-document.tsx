// A paper that says who somebody is, when the personal number alone does not: kind, number, when and by whom issued.

import { ID_DOCUMENT_KINDS } from '#core/fields/index.ts'
import { With } from '../surround.tsx'
import { Options } from './dropdown.tsx'
import { Grouped, Part } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export function IdDocumentField(props: ReadyProps) {
  return (
    <With>
      {({ words }) => (
        <Grouped props={props} anchored>
          <div class="parts">
            <Part props={props} part="kind" label={words.idKind}>
              {(own) => (
                <select {...own}>
                  <Options options={props.question.options ?? ID_DOCUMENT_KINDS} chosen={text(props, 'kind')} />
                </select>
              )}
            </Part>
            <Part props={props} part="number" label={words.idNumber}>
              {(own) => <input {...own} value={text(props, 'number')} autocomplete="off" spellcheck={false} maxLength={40} />}
            </Part>
            <Part props={props} part="issuedOn" label={words.idIssuedOn}>
              {(own) => (
                <input
                  {...own}
                  inputMode="numeric"
                  data-typing="date"
                  placeholder={words.datePlaceholder}
                  value={text(props, 'issuedOn')}
                  autocomplete="off"
                  maxLength={20}
                />
              )}
            </Part>
            <Part props={props} part="issuedBy" label={words.idIssuer}>
              {(own) => <input {...own} value={text(props, 'issuedBy')} autocomplete="off" maxLength={200} />}
            </Part>
          </div>
        </Grouped>
      )}
    </With>
  )
}
