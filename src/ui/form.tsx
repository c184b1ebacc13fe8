// A form that carries its CSRF token, refuses no browser, and tells the client script what it may do for it.

import type { ComponentChildren } from 'preact'
import { With } from './surround.tsx'

export interface FormProps {
  readonly action: string
  readonly method?: 'post' | 'get'
  readonly multipart?: boolean
  /** Where the client script may save the answers while they are being written. */
  readonly autosave?: string
  /** Ask before leaving with unsaved changes. */
  readonly guard?: boolean
  /** Sends the whole draft off: the client script then drops what the device still keeps of it. */
  readonly sends?: boolean
  readonly id?: string
  readonly class?: string
  readonly label?: string
  /** Data attributes by which a page's own script knows the form. */
  readonly attributes?: Readonly<Record<`data-${string}`, string | undefined>>
  readonly children?: ComponentChildren
}

export function Form({ action, method = 'post', multipart, autosave, guard, sends, id, class: className, label, attributes, children }: FormProps) {
  return (
    <With>
      {({ csrf }) => (
        <form
          action={action}
          method={method}
          encType={multipart ? 'multipart/form-data' : undefined}
          noValidate
          id={id}
          class={className}
          aria-label={label}
          data-autosave={autosave}
          data-guard={guard || undefined}
          data-sends={sends || undefined}
          {...attributes}
        >
          {method === 'post' && csrf && <input type="hidden" name="_csrf" value={csrf} />}
          {children}
        </form>
      )}
    </With>
  )
}

/** Where the client script says when the answers were last saved. Stands inside the form. */
export function AutosaveStatus({ savedAt }: { savedAt?: string }) {
  return (
    <p class="saved soft" data-autosave-status aria-live="polite">
      {savedAt}
    </p>
  )
}
