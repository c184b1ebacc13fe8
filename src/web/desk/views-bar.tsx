// One's own views above a list: chips that lead to them, and a small form that keeps the present filters.

import type { View } from '#modules/views/index.ts'
import { type ListName, queryOfList, viewHref } from '#modules/views/index.ts'
import { Button, Details, Form, Icon } from '#ui/index.ts'

export interface ViewsBarProps {
  readonly list: ListName
  readonly views: readonly View[]
  /** Query of the page's address. */
  readonly query: string
  /** The page's own address, to come back to. */
  readonly here: string
}

export function ViewsBar({ list, views, query, here }: ViewsBarProps) {
  const now = queryOfList(list, query)
  const known = views.find((view) => view.query === now)
  return (
    <div class="views">
      {views.length > 0 && (
        <nav class="chips" aria-label="Cách xem đã lưu">
          {views.map((view) => <a href={viewHref(view)} aria-current={view === known ? 'true' : undefined}><Icon name="folder" />{view.name}</a>)}
        </nav>
      )}
      {known ? (
        <Form action={`/desk/views/${known.id}/removal`} class="inline">
          <input type="hidden" name="returnTo" value={here} />
          <Button look="quiet">Bỏ cách xem “{known.name}”</Button>
        </Form>
      ) : now !== '' && (
        <Details summary="Lưu cách xem này">
          <Form action="/desk/views" class="inline">
            <input type="hidden" name="list" value={list} />
            <input type="hidden" name="query" value={now} />
            <input type="hidden" name="returnTo" value={here} />
            <label class="sr" for="view-name">Tên cách xem</label>
            <input id="view-name" name="name" required maxLength={60} placeholder="Tên, ví dụ: Khai sinh quá hạn" autocomplete="off" />
            <Button>Lưu</Button>
          </Form>
        </Details>
      )}
    </div>
  )
}
