// Asking once more before something that cannot be undone: a page of its own, which says what will follow.

import type { ComponentChildren } from 'preact'
import { Actions, Button, LinkButton } from './button.tsx'
import { Form } from './form.tsx'
import { With } from './surround.tsx'

export interface ConfirmProps {
  readonly title: string
  /** What will follow, and for whom. */
  readonly children: ComponentChildren
  readonly action: string
  readonly confirmLabel: string
  readonly cancelHref: string
  readonly cancelLabel?: string
  readonly danger?: boolean
  readonly hidden?: Readonly<Record<string, string>>
  /** Questions to answer before, such as the reason. */
  readonly fields?: ComponentChildren
}

export function Confirm({ title, children, action, confirmLabel, cancelHref, cancelLabel, danger, hidden = {}, fields }: ConfirmProps) {
  return (
    <div class="measure">
      <h1>{title}</h1>
      {children}
      <Form action={action}>
        {Object.entries(hidden).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {fields}
        <Actions>
          <Button look={danger ? 'danger' : 'primary'} icon={danger ? 'alert' : undefined}>
            {confirmLabel}
          </Button>
          <With>
            {({ words }) => (
              <LinkButton href={cancelHref} look="quiet">
                {cancelLabel ?? words.cancel}
              </LinkButton>
            )}
          </With>
        </Actions>
      </Form>
    </div>
  )
}
