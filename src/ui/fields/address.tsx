// A place in Viet Nam since the two-tier reform: province, commune, and the rest in words.

import { With } from '../surround.tsx'
import { Options } from './dropdown.tsx'
import { Grouped, Part } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

const HOME_PROVINCE = '38'

const options = (entries: readonly { code: string; name: string }[]) => entries.map(({ code, name }) => ({ value: code, label: name }))

/**
 * Without script the communes of one province can be chosen: of the one answered, else of `province`. That one is chosen beforehand only
 * when the address must be given and stands alone; elsewhere an answer nobody gave would look like half an address.
 */
export function AddressField(props: ReadyProps) {
  const { catalogs, name, question, required = question.required } = props
  const given = text(props, 'province')
  const listed = given || props.province || HOME_PROVINCE
  const chosen = given || (required && name === question.key ? listed : '')
  return (
    <With>
      {({ words }) => (
        <Grouped props={props} anchored>
          <div class="parts" data-address>
            <Part props={props} part="province" label={words.province}>
              {(own) => (
                <select {...own} data-province={`${name}.commune`}>
                  <Options options={options(catalogs.list('tinh'))} chosen={chosen} />
                </select>
              )}
            </Part>
            <Part props={props} part="commune" label={words.commune}>
              {(own) => (
                <select {...own}>
                  <Options
                    options={options(catalogs.list('xa', listed))}
                    chosen={text(props, 'commune')}
                    group={catalogs.name('tinh', listed) ?? listed}
                    groupOf={listed}
                  />
                </select>
              )}
            </Part>
            <noscript class="wide">
              <p class="hint">{words.otherProvinceHint}</p>
              <button class="btn secondary" name="_refresh" value={name}>
                {words.loadCommunes}
              </button>
            </noscript>
            <div class="wide">
              <Part props={props} part="detail" label={words.addressDetail}>
                {(own) => (
                  <input
                    {...own}
                    value={text(props, 'detail')}
                    autocomplete={question.prefill === 'identity.address' ? 'street-address' : 'off'}
                    maxLength={200}
                  />
                )}
              </Part>
            </div>
          </div>
        </Grouped>
      )}
    </With>
  )
}
