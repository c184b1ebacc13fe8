// All faults of a form in one place at its head, each leading to its field.

import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { With } from './surround.tsx'

export interface ShownError {
  readonly key: string
  readonly message: string
  /** Exact place when it differs from `key`: `address.commune`, `members.0.full_name`. */
  readonly path?: string
}

export const errorPath = (error: ShownError) => error.path ?? error.key

export function ErrorSummary({ errors, title, children }: { errors: readonly ShownError[]; title?: string; children?: ComponentChildren }) {
  if (errors.length === 0) return null
  return (
    <With>
      {({ words }) => (
        <div class="notice bad errors" role="alert" tabIndex={-1} data-error-summary>
          <Icon name="alert" />
          <div>
            <h2>{title ?? words.errorTitle}</h2>
            {children}
            <ul>
              {errors.map((error) => (
                <li>
                  <a href={`#${errorPath(error)}`}>{error.message}</a>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </With>
  )
}
