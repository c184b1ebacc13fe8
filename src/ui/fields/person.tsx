// Another person, as far as a form needs to name one: full name, day of birth, personal number, telephone.

import { With } from '../surround.tsx'
import { Grouped, Part } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

export function PersonField(props: ReadyProps) {
  return (
    <With>
      {({ words }) => (
        <Grouped props={props} anchored>
          <div class="parts">
            <div class="wide">
              <Part props={props} part="full_name" label={words.personName}>
                {(own) => <input {...own} value={text(props, 'full_name')} autocomplete="off" spellcheck={false} maxLength={120} />}
              </Part>
            </div>
            <Part props={props} part="birth_date" label={words.personBirth}>
              {(own) => (
                <input
                  {...own}
                  inputMode="numeric"
                  data-typing="date"
                  placeholder={words.datePlaceholder}
                  value={text(props, 'birth_date')}
                  autocomplete="off"
                  maxLength={20}
                />
              )}
            </Part>
            <Part props={props} part="personal_id" label={words.personId}>
              {(own) => (
                <input
                  {...own}
                  inputMode="numeric"
                  value={text(props, 'personal_id')}
                  autocomplete="off"
                  spellcheck={false}
                  maxLength={20}
                />
              )}
            </Part>
            <Part props={props} part="phone" label={words.personPhone}>
              {(own) => <input {...own} type="tel" inputMode="tel" value={text(props, 'phone')} autocomplete="off" maxLength={20} />}
            </Part>
          </div>
        </Grouped>
      )}
    </With>
  )
}
