// A place in Viet Nam since the two-tier reform: province, commune, and the rest in words.

import { choicesFor, type OldPlace, oldName, readAddress } from '#core/fields/index.ts'
import { With } from '../surround.tsx'
import { Options } from './dropdown.tsx'
import { Grouped, Part } from './frame.tsx'
import { messagesAt, type ReadyProps, text } from './props.ts'

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
            <OldNames props={props} />
          </div>
        </Grouped>
      )}
    </With>
  )
}

/** The same place as an old paper names it: typed, looked up, and where several communes took it over, chosen among them. */
function OldNames({ props }: { props: ReadyProps }) {
  const { catalogs, name, value, errors } = props
  const places = catalogs.oldPlaces
  if (!places || /\.\d+\./.test(name)) return null
  const address = readAddress(value)
  const choices = address ? choicesFor(address, places) : []
  const told = text(props, 'old')
  const settled = address?.old?.code && choices.length === 0
  const shared = (old: OldPlace) => choices.filter((choice) => choice.old === old).length > 1
  const open = Boolean(told || choices.length > 0 || messagesAt(errors, `${name}.old_on`).length > 0)
  return (
    <With>
      {({ words }) => (
        <details class="wide old-names" open={open || undefined} data-redraw={name}>
          <summary>{words.oldAddress}</summary>
          <div class="parts">
            <div class="wide">
              <Part props={props} part="old" label={words.oldAddressName}>
                {(own) => <input {...own} value={told} autocomplete="off" spellcheck={false} placeholder={words.oldAddressExample} maxLength={300} />}
              </Part>
            </div>
            <Part props={props} part="old_on" label={words.oldAddressOn}>
              {(own) => (
                <input {...own} class="w12" inputMode="numeric" data-typing="date" placeholder={words.datePlaceholder} value={text(props, 'old_on')} maxLength={20} />
              )}
            </Part>
            {address?.old?.code && <input type="hidden" name={`${name}.old_code`} value={address.old.code} />}
            <p>
              <button class="btn secondary" name="_refresh" value={name}>
                {words.oldAddressFind}
              </button>
            </p>
            {choices.length > 0 && (
              <fieldset class="wide">
                <legend>{told ? words.oldAddressWhich : words.oldAddressIn}</legend>
                <div class="choices">
                  {choices.map(({ old, to }) => (
                    <label class="choice">
                      <input type="radio" name={`${name}.old_pick`} value={`${old.code}>${to.code}`} />
                      <span>
                        <b>{to.name}</b>, {shared(old) ? words.oldAddressPart : words.oldAddressFrom} {oldName(old)}
                      </span>
                    </label>
                  ))}
                </div>
              </fieldset>
            )}
            {settled && <p class="hint wide">{words.oldAddressNow}</p>}
            {told && !settled && choices.length === 0 && <p class="hint wide">{words.oldAddressNone}</p>}
          </div>
        </details>
      )}
    </With>
  )
}
