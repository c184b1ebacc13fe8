// Help while answering: the communes of the chosen province, strokes in dates, dots in amounts.

import { on } from './dom.ts'
import { words } from './words.ts'

async function listCommunes(province: HTMLSelectElement, commune: HTMLSelectElement): Promise<void> {
  const chosen = commune.value
  commune.ariaBusy = 'true'
  try {
    const reply = await fetch(`/lookup/communes?province=${encodeURIComponent(province.value)}`)
    if (!reply.ok) throw new Error(String(reply.status))
    const communes = (await reply.json()) as readonly { code: string; name: string }[]
    commune.replaceChildren(
      new Option(words.choose, ''),
      ...communes.map(({ code, name }) => new Option(name, code, false, code === chosen)),
    )
  } catch {
    commune.replaceChildren(new Option(words.noList, ''))
  }
  commune.ariaBusy = null
}

// Who types the stroke as well, after it has come by itself, means one.
const strokes = (typed: string) => typed.replace(/^(\d\d\/)?\d\d$/, '$&/').replace('//', '/')
const wholeDate = (typed: string) => typed.trim().replace(/^(\d\d)(\d\d)(\d{4})$/, '$1/$2/$3')
const dots = (typed: string) => (/^[\d. ]+$/.test(typed) ? typed.replace(/\D/g, '').replace(/\B(?=(\d{3})+$)/g, '.') : typed)

export function fieldHelp(): void {
  on<'change', HTMLSelectElement>('change', 'select[data-province]', (province) => {
    const commune = document.getElementById(province.dataset.province ?? '')
    if (commune instanceof HTMLSelectElement) void listCommunes(province, commune)
  })
  // A commune chosen before its province: the province is the one whose communes were listed.
  on<'change', HTMLSelectElement>('change', '[data-address] select', (commune) => {
    const code = commune.selectedOptions[0]?.closest('optgroup')?.dataset.code
    const province = commune.closest('[data-address]')?.querySelector<HTMLSelectElement>('[data-province]')
    if (code && province && !province.value) province.value = code
  })
  on<'input', HTMLInputElement>('input', '[data-typing=date]', (input, event) => {
    const typed = event as InputEvent
    if (typed.inputType === 'insertText' && input.selectionStart === input.value.length) input.value = strokes(input.value)
  })
  on<'focusout', HTMLInputElement>('focusout', '[data-typing]', (input) => {
    input.value = (input.dataset.typing === 'date' ? wholeDate : dots)(input.value)
  })
}
