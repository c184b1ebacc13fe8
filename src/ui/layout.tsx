// The two frames a page stands in: the citizen's, large and plain, and the officer's desk with its rail.

import type { ComponentChildren } from 'preact'
import { Drum, Wordmark } from './drum.tsx'
import { Flash, type FlashMessage } from './flash.tsx'
import { Form } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import { With } from './surround.tsx'

export interface NavItem {
  readonly label: string
  readonly href: string
  readonly current?: boolean
  readonly icon?: IconName
  readonly count?: number
  /** Shortcut of the desk: two keys one after the other, such as 'g w'. */
  readonly key?: string
  /** The count is of things that are late or wrong. */
  readonly hot?: boolean
}

function NavLink({ item }: { item: NavItem }) {
  return (
    <a href={item.href} aria-current={item.current ? 'page' : undefined} data-key={item.key} data-key-name={item.key && item.label}>
      {item.icon && <Icon name={item.icon} />}
      {item.label}
      {item.count !== undefined && <span class={item.hot ? 'count hot' : 'count'}>{item.count.toLocaleString('vi-VN')}</span>}
    </a>
  )
}

/** Leaving changes something, so it is a form and not a link. */
function SignOut({ action }: { action: string }) {
  return (
    <With>
      {({ words }) => (
        <Form action={action} class="sign-out">
          <button class="as-link">{words.signOut}</button>
        </Form>
      )}
    </With>
  )
}

export interface CitizenLayoutProps {
  readonly name?: string
  readonly place?: string
  readonly nav?: readonly NavItem[]
  /** Who is signed in; absent: a link to sign in. */
  readonly me?: { readonly name: string; readonly href?: string } | null
  readonly signInHref?: string
  readonly signOutAction?: string
  readonly crumbs?: readonly Crumb[]
  /** Above everything: language, size of letters. */
  readonly tools?: ComponentChildren
  readonly flash?: FlashMessage | null
  readonly footLinks?: readonly NavItem[]
  readonly footText?: ComponentChildren
  readonly children?: ComponentChildren
}

export function CitizenLayout(props: CitizenLayoutProps) {
  const { name, place, nav = [], me, signInHref = '/sign-in', signOutAction, crumbs, tools, flash, footLinks = [], footText, children } = props
  return (
    <With>
      {({ words }) => (
        <>
          <a class="skip" href="#main">
            {words.skip}
          </a>
          {tools}
          <header class="top">
            <div class="frame">
              <Wordmark name={name} place={place} size={44} />
              {nav.length > 0 && (
                <nav class="nav" aria-label={words.mainNav}>
                  {nav.map((item) => (
                    <NavLink item={item} />
                  ))}
                </nav>
              )}
              <div class="me">
                {me ? (
                  <>
                    <a href={me.href ?? '/'}>
                      <Icon name="user" />
                      <span>
                        <span class="sr">{words.signedInAs} </span>
                        {me.name}
                      </span>
                    </a>
                    {signOutAction && <SignOut action={signOutAction} />}
                  </>
                ) : (
                  <a href={signInHref}>
                    <Icon name="user" />
                    {words.signIn}
                  </a>
                )}
              </div>
            </div>
          </header>
          <main id="main" class="frame" tabIndex={-1}>
            {crumbs && <Breadcrumbs items={crumbs} />}
            {flash && <Flash {...flash} />}
            {children}
          </main>
          <footer class="foot">
            <div class="frame">
              {footLinks.length > 0 && (
                <nav aria-label={words.footNav}>
                  <ul>
                    {footLinks.map((item) => (
                      <li>
                        <a href={item.href}>{item.label}</a>
                      </li>
                    ))}
                  </ul>
                </nav>
              )}
              {me && signOutAction && (
                <div class="phone">
                  <SignOut action={signOutAction} />
                </div>
              )}
              {footText && <p>{footText}</p>}
              <Drum size={280} fine />
            </div>
          </footer>
        </>
      )}
    </With>
  )
}

export interface DeskLayoutProps {
  readonly name?: string
  readonly place?: string
  readonly homeHref?: string
  readonly nav: readonly { readonly title?: string; readonly items: readonly NavItem[] }[]
  readonly me: {
    readonly name: string
    readonly post: string
    readonly unit: string
    readonly changePostHref?: string
    readonly signOutAction?: string
  }
  /** Usually a `SearchBox`. */
  readonly search?: ComponentChildren
  /** Right end of the top bar: notifications, help. */
  readonly tools?: ComponentChildren
  readonly crumbs?: readonly Crumb[]
  readonly flash?: FlashMessage | null
  readonly children?: ComponentChildren
}

export function DeskLayout(props: DeskLayoutProps) {
  const { name, place, homeHref = '/desk', nav, me, search, tools, crumbs, flash, children } = props
  return (
    <With>
      {({ words }) => (
        <>
          <a class="skip" href="#main">
            {words.skip}
          </a>
          <header class="rail">
            <Wordmark href={homeHref} name={name} place={place} size={32} />
            <nav class="nav" aria-label={words.mainNav} data-fresh="rail" data-show="[aria-current]">
              {nav.map((group) => (
                <>
                  {group.title && <h2>{group.title}</h2>}
                  <ul>
                    {group.items.map((item) => (
                      <li>
                        <NavLink item={item} />
                      </li>
                    ))}
                  </ul>
                </>
              ))}
            </nav>
            <div class="me">
              <p>
                <b>{me.name}</b>
              </p>
              <p class="soft">
                {me.post}
                <span class="at">, {me.unit}</span>
              </p>
              {me.changePostHref && <a href={me.changePostHref}>{words.changePost}</a>}
              {me.signOutAction && <SignOut action={me.signOutAction} />}
            </div>
          </header>
          <div class="surface">
            {(search || tools) && (
              <div class="bar">
                {search}
                {tools && <div class="row push">{tools}</div>}
              </div>
            )}
            <main id="main" tabIndex={-1}>
              {crumbs && <Breadcrumbs items={crumbs} />}
              {flash && <Flash {...flash} />}
              {children}
            </main>
          </div>
        </>
      )}
    </With>
  )
}

export interface Crumb {
  readonly label: string
  readonly href?: string
}

/** Where the reader is; the last one, without link, is this page. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <With>
      {({ words }) => (
        <nav class="crumbs" aria-label={words.breadcrumbs}>
          <ol>
            {items.map((item) => (
              <li>{item.href ? <a href={item.href}>{item.label}</a> : <span aria-current="page">{item.label}</span>}</li>
            ))}
          </ol>
        </nav>
      )}
    </With>
  )
}

export interface HeadingProps {
  readonly title: ComponentChildren
  readonly lead?: ComponentChildren
  /** Tags, codes and dates under the title. */
  readonly meta?: ComponentChildren
  /** The one next act of the page, as a primary button; a second, quiet one may stand beside it. */
  readonly action?: ComponentChildren
}

export function PageHeading({ title, lead, meta, action }: HeadingProps) {
  return (
    <div class="heading">
      <div>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {meta && <div class="meta">{meta}</div>}
      </div>
      {action && <div class="row">{action}</div>}
    </div>
  )
}

/** Main matter with a narrower column beside it, which drops below on small screens. */
export function Split({ children, aside }: { children: ComponentChildren; aside: ComponentChildren }) {
  return (
    <div class="split">
      <div class="stack">{children}</div>
      <aside class="stack">{aside}</aside>
    </div>
  )
}
