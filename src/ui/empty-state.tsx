// Says why there is nothing here, and what can be done about it.

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export function EmptyState({
  icon = 'inbox',
  title,
  action,
  children,
}: {
  icon?: IconName
  title?: string
  action?: ComponentChildren
  children?: ComponentChildren
}) {
  return (
    <div class="empty">
      <Icon name={icon} />
      {title && (
        <p class="title">
          <b>{title}</b>
        </p>
      )}
      {children && <div class="soft">{children}</div>}
      {action && <div class="row">{action}</div>}
    </div>
  )
}
