// What makes the pages nicer where a script runs; every page works without it.

import { autosave } from './autosave.ts'
import { all, on } from './dom.ts'
import { fieldHelp } from './fields.ts'
import { shortcuts } from './keys.ts'
import { guardSubmits } from './submit.ts'
import { uploads } from './upload.ts'
import { words } from './words.ts'

document.documentElement.classList.add('js')
guardSubmits()
autosave()
uploads()
fieldHelp()
shortcuts()
document.querySelector<HTMLElement>('[data-error-summary]')?.focus()

// Something wide, such as a drawing, begins where its matter is.
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
