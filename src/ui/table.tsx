// Lists: a dense table on a desk, the same rows as cards on a phone, and a reason when there is nothing.

import type { ComponentChildren } from 'preact'
import { Basis } from './basis.tsx'
import { EmptyState } from './empty-state.tsx'
import { Icon } from './icon.tsx'
import { With } from './surround.tsx'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly cell: (row: Row) => ComponentChildren
  readonly sortable?: boolean
  /** Numbers stand to the right. */
  readonly num?: boolean
  /** Never broken over lines: codes, dates, tags. */
  readonly tight?: boolean
  /** The column whose text is the row's link; the first one when none says so. */
  readonly main?: boolean
  /** The rule that the figures of this column come from. */
  readonly rule?: string
}

export interface Sort {
  readonly key: string
  readonly dir: 'asc' | 'desc'
}

export interface TableProps<Row> {
  /** What the table is of; spoken, and shown unless `captionHidden`. */
  readonly caption: string
  readonly captionHidden?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowHref?: (row: Row) => string | undefined
  readonly sort?: Sort
  /** Address of the same list sorted otherwise. */
  readonly sortHref?: (sort: Sort) => string
  /** A checkbox before each row; stands inside a `Form`. */
  readonly select?: { readonly name: string; readonly value: (row: Row) => string; readonly label: (row: Row) => string; readonly checked?: boolean | ((row: Row) => boolean) }
  /** Rows to be seen first: not yet opened, for example. */
  readonly strong?: (row: Row) => boolean
  /** Why there is nothing, and what to do. */
  readonly empty: ComponentChildren
}

function Header<Row>({ column, sort, sortHref }: { column: Column<Row>; sort?: Sort; sortHref?: TableProps<Row>['sortHref'] }) {
  const sorted = sort?.key === column.key ? sort.dir : undefined
  const aria = sorted && (sorted === 'asc' ? 'ascending' : 'descending')
  return (
    <th scope="col" role="columnheader" class={column.num ? 'num' : undefined} aria-sort={aria}>
      {column.sortable && sortHref ? (
        <With>
          {({ words }) => (
            <a href={sortHref({ key: column.key, dir: sorted === 'asc' ? 'desc' : 'asc' })}>
              {column.label}
              {sorted && <Icon name={sorted === 'asc' ? 'up' : 'down'} />}
              <span class="sr">, {sorted ? (sorted === 'asc' ? words.sortedUp : words.sortedDown) : words.sortBy}</span>
            </a>
          )}
        </With>
      ) : (
        column.label
      )}
      {column.rule && <> <Basis rule={column.rule} of={column.label} /></>}
    </th>
  )
}

export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionHidden, columns, rows, rowHref, sort, sortHref, select, strong, empty } = props
  if (rows.length === 0) return <EmptyState>{empty}</EmptyState>
  const main = columns.find((column) => column.main) ?? columns[0]
  return (
    <div class="table-wrap">
      <table role="table" data-list={rowHref ? true : undefined}>
        <caption class={captionHidden ? 'sr' : undefined}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {select && (
              <th role="columnheader" class="pick">
                <With>{({ words }) => <span class="sr">{words.select}</span>}</With>
              </th>
            )}
            {columns.map((column) => (
              <Header column={column} sort={sort} sortHref={sortHref} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => {
            const href = rowHref?.(row)
            return (
              <tr role="row" class={strong?.(row) ? 'strong' : undefined}>
                {select && (
                  <td role="cell" class="pick">
                    <label>
                      <input type="checkbox" name={select.name} value={select.value(row)} aria-label={select.label(row)} checked={typeof select.checked === 'function' ? select.checked(row) : select.checked} />
                    </label>
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    role="cell"
                    class={[column.num && 'num', column.tight && 'tight', column === main && 'main'].filter(Boolean).join(' ') || undefined}
                    data-label={column.label}
                  >
                    {column === main && href ? (
                      <a class="row-link" href={href}>
                        {column.cell(row)}
                      </a>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
