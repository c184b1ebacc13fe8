// What makes the pages nicer where a script runs; every page works without it.

import { all, on } from './dom.ts'
import { fieldHelp } from './fields.ts'
import { part } from './parts.ts'
import { guardSubmits } from './submit.ts'
import { words } from './words.ts'

document.documentElement.classList.add('js')
guardSubmits()
fieldHelp()
document.querySelector<HTMLElement>('[data-error-summary]')?.focus()

if (document.body.classList.contains('desk')) void part<typeof import('./keys.ts')>('keys').then(({ start }) => start()).catch(() => {})
if (document.querySelector('[data-live]')) void part<typeof import('./live.ts')>('live').then(({ start }) => start()).catch(() => {})

if (document.querySelector('form[data-autosave], form[data-guard], [data-draft]')) {
  void part<typeof import('./autosave.ts')>('autosave').then(({ start }) => start())
}

for (const name of ['idle', 'passkey', 'pay'] as const) {
  if (document.querySelector(`[data-${name}]`)) void part<typeof import('./idle.ts')>(name).then(({ start }) => start())
}

// A chosen file waits in its input until the piece that sends it is here; without it the form itself carries the file.
on<'change', HTMLInputElement>('change', 'input[type=file]', (input) => {
  const files = [...(input.files ?? [])]
  if (files.length === 0) return
  part<typeof import('./uploads/index.ts')>('uploads')
    .then(({ take }) => take(input, files, part))
    .catch(() => input.parentElement?.querySelector('[data-upload-status]')?.replaceChildren(words.offline))
})

// Who leaves a shared machine leaves nothing of theirs on it.
on<'submit', HTMLFormElement>('submit', '.sign-out', () => {
  try {
    for (const key of Object.keys(localStorage)) if (/^(draft:|tus::)/.test(key)) localStorage.removeItem(key)
  } catch {}
})

// Something wide, a drawing or a row of tabs, begins where its matter is.
for (const box of all('[data-show]')) {
  const [here, there] = [box.getBoundingClientRect(), box.querySelector(box.dataset.show ?? '')?.getBoundingClientRect()]
  if (there) box.scrollLeft = there.left - here.left - here.width / 3
}

on<'click', HTMLButtonElement>('click', 'button[data-copy]', async (button) => {
  await navigator.clipboard.writeText(button.dataset.copy!)
  const label = button.querySelector('[aria-live]')!
  const before = label.textContent
  label.textContent = words.copied
  setTimeout(() => (label.textContent = before), 2000)
})
