// A place in Viet Nam since the two-tier reform: province, commune, and the rest in words.

import { With } from '../surround.tsx'
import { Options } from './dropdown.tsx'
import { Grouped, Part } from './frame.tsx'
import { type ReadyProps, text } from './props.ts'

const HOME_PROVINCE = '38'

const options = (entries: readonly { code: string; name: string }[]) => entries.map(({ code, name }) => ({ value: code, label: name }))

export function AddressField(props: ReadyProps) {
  const { catalogs, name } = props
  const province = text(props, 'province') || props.province || HOME_PROVINCE
  return (
    <With>
      {({ words }) => (
        <Grouped props={props} anchored>
          <div class="parts" data-address>
            <Part props={props} part="province" label={words.province}>
              {(own) => (
                <select {...own} data-province={`${name}.commune`}>
                  <Options options={options(catalogs.list('tinh'))} chosen={province} />
                </select>
              )}
            </Part>
            <Part props={props} part="commune" label={words.commune}>
              {(own) => (
                <select {...own}>
                  <Options options={options(catalogs.list('xa', province))} chosen={text(props, 'commune')} />
                </select>
              )}
            </Part>
            <noscript class="wide">
              <p class="hint">{words.otherProvinceHint}</p>
              <button class="btn secondary" name="_refresh" value={name}>{words.loadCommunes}</button>
            </noscript>
            <div class="wide">
              <Part props={props} part="detail" label={words.addressDetail}>
                {(own) => (
                  <input {...own} value={text(props, 'detail')} autocomplete={props.question.prefill === 'identity.address' ? 'street-address' : 'off'} maxLength={200} />
                )}
              </Part>
            </div>
          </div>
        </Grouped>
      )}
    </With>
  )
}
