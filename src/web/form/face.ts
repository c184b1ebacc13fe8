// What a face (portal, desk) tells the shared form pages: where they stand, who may come in, and in which frame they are shown.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import type { Dossier } from '#modules/dossiers/index.ts'
import type { Filing } from './filing.ts'

export interface FilingPageProps {
  readonly title: string
  /** 422: something must be mended; the title in the browser's tab should say so. */
  readonly status?: number
  readonly filing: Filing
  readonly content: ComponentChildren
}

export interface FilingFace {
  /** Path of dossiers inside the plugin that mounts the pages: '/ho-so', '/dossiers'. */
  readonly mount: string
  /** The same as links need it, with the plugin's prefix: '/ho-so', '/desk/dossiers'. */
  readonly base: string
  /** Last parts of the paths, in the language of the face. */
  readonly paths: {
    readonly form: string
    readonly papers: string
    readonly review: string
    readonly submission: string
    readonly autosave: string
  }
  /** preHandler of every page. */
  readonly guard: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  /** Sends a page in the face's own frame. */
  send(request: FastifyRequest, reply: FastifyReply, page: FilingPageProps): FastifyReply | Promise<FastifyReply>
  /** Where "save and go on later" leads. */
  later(dossier: Dossier): string
  /** Where handing in (or sending the supplement) leads. */
  submitted(dossier: Dossier, mode: Filing['mode']): string
  /** The dossier's own page, for whoever comes here when nothing may be edited any more. */
  home(dossier: Dossier): string
  fileHref(id: string): string
  /** An officer files at the counter: the whole form on one page, papers may be noted as handed in on paper. */
  readonly counter?: boolean
}

/** Whole paths of the pages of one dossier. */
export const filingPaths = ({ base, paths }: Pick<FilingFace, 'base' | 'paths'>, ref: string) => {
  const at = `${base}/${encodeURIComponent(ref)}`
  return {
    start: `${at}/${paths.form}`,
    /** What the addresses of all its pages begin with. */
    pages: `${at}/${paths.form}/`,
    tus: `${at}/${paths.papers}/tus`,
    page: (key: string) => `${at}/${paths.form}/${encodeURIComponent(key)}`,
    autosave: (key: string) => `${at}/${paths.form}/${encodeURIComponent(key)}/${paths.autosave}`,
    papers: `${at}/${paths.papers}`,
    review: `${at}/${paths.review}`,
    submission: `${at}/${paths.submission}`,
  }
}
