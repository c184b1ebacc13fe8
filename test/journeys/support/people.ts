// How people come in: citizens through the pages of the VNeID twin, officers with their password and the post they then act in.

import type { Page } from 'playwright-core'
import { demoUsers } from '#main/demo-users.ts'
import { demoCitizens } from '#main/pack.ts'
import { DEMO_PASSWORD } from '#main/seed.ts'
import { press } from './house.ts'

const users = new Map(demoUsers().map((user) => [user.login, user]))

/** The post in which the login does work of these roles in the unit. */
export const postFor = (login: string, unitCode: string, roles: readonly string[]): string | undefined =>
  users.get(login)?.posts.find((post) => post.unitCode === unitCode && roles.includes(post.role))?.id

export const citizenNamed = (login: string) => {
  const found = demoCitizens.find((one) => one.login === login)
  if (!found) throw new Error(`Không có công dân ${login}`)
  return found
}

/** Through the twin's pages, from the choice of a person to the agreement, and back. */
export async function throughVneid(page: Page, login: string): Promise<void> {
  const { personalId, level } = citizenNamed(login)
  await press(page, page.locator(`button[name=citizen][value="${personalId}"]`))
  if (level === 2) {
    await page.fill('#otp', (await page.textContent('.otp'))!.trim())
    await press(page, page.locator('button.main'))
  }
  await press(page, page.locator('button.main'))
}

export async function signInCitizen(page: Page, url: string, login: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await press(page, page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }))
  await throughVneid(page, login)
}

/** With several posts, chooses the one in the unit that the login names ('motcua.14797'). */
export async function signInOfficer(page: Page, url: string, login: string, postId?: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.fill('#login', login)
  await page.fill('#password', DEMO_PASSWORD)
  await press(page, page.getByRole('button', { name: 'Đăng nhập', exact: true }))
  const posts = users.get(login)?.posts ?? []
  if (!page.url().includes('/account/post')) return
  const wanted = posts.find((post) => post.id === postId) ?? posts.find((post) => login.endsWith(`.${post.unitCode}`)) ?? posts[0]
  await press(page, page.locator(`button[name=postId][value="${wanted!.id}"]`))
}
